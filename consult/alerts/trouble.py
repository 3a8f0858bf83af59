"""Pure: what can be wrong with one thing that is to be told, so that it alone is left out and everything else goes."""

from consult.errors import Refused
from consult.kit.text import one_line

# What rendering can raise over the content of one comment or text. Faults of the database or the machine are not here: they stop the run,
# which is tried again.
BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, Refused)


def said(error: Exception) -> str:
    """What went wrong, on one line for an officer."""
    return one_line(f"{type(error).__name__}: {error}", 300)
