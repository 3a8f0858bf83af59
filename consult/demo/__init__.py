"""The example group that a newcomer finds: who they are (cast), how they came to be there (loading), and a real answer by mail (letters)."""
