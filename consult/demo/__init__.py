"""The example group that a newcomer finds: who they are (cast), how it came about (loading), and a real answer by mail (letters)."""
