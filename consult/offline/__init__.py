"""The offline kit: a round on a stick, for whoever has no line while they read and write."""
