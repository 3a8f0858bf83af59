"""How the whole mails under tests/inbox/mails are made: `python -m tests.inbox.corpus` writes each as a file, and what it must mean.

The texts are our own; the shapes are those of real mail programs and servers. What is expected is written down by hand in the cases,
from what was typed into them, and never taken from what the reading says."""
