"""Pure: two changes of one paragraph brought together word by word, or the answer that they touch the same words."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from consult.drafts.tokens import tokens

Edit = tuple[int, int, tuple[str, ...]]
"""From, to (places of words in the base), and the words that stand there afterwards."""


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both changes in it; None where both change the same words, or put different words in the same place."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    words = tokens(base)
    edits = sorted({*_edits(words, mine), *_edits(words, theirs)})
    for (_, end, _), (start, _, _) in zip(edits, edits[1:], strict=False):
        if start <= end:  # side by side is too near: the sense of the one may hang on the other
            return None
    made = list(words)
    for start, end, put in reversed(edits):
        made[start:end] = put
    return "".join(made)


def _edits(base: list[str], text: str) -> Iterator[Edit]:
    changed = tokens(text)
    for kind, a, b, c, d in SequenceMatcher(None, base, changed, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, tuple(changed[c:d])
