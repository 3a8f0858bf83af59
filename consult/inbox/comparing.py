"""Pure: which remark of a mail read again is which remark of its first reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5


@dataclass(frozen=True)
class Said:
    """One remark: on which mark (empty: the whole text), of which type, in which words, with which wording."""

    mark: str
    type: str
    text: str
    proposed: str


def same(one: Said, other: Said) -> bool:
    """Whether two remarks say the same at the same place; blanks and line ends aside."""
    return one.mark == other.mark and _words(one) == _words(other)


def pairs(then: Sequence[Said], now: Sequence[Said]) -> list[tuple[int | None, int | None]]:
    """Each remark of then with the one of now that it is: the very same first, then the same words elsewhere, then what is alike.

    In the order of now; what is found no more comes last with None, what is new has None before it."""
    found: dict[int, int] = {}
    for alike in (same, _same_words, _same_place, _like):
        for here, new in enumerate(now):
            if here in found:
                continue
            free = (number for number, old in enumerate(then) if number not in found.values() and alike(old, new))
            if (old := next(free, None)) is not None:
                found[here] = old
    gone = [number for number in range(len(then)) if number not in found.values()]
    return [(found.get(here), here) for here in range(len(now))] + [(number, None) for number in gone]


def _words(said: Said) -> tuple[str, str, str]:
    return said.type, " ".join(said.text.split()), " ".join(said.proposed.split())


def _same_words(old: Said, new: Said) -> bool:
    return _words(old)[1:] == _words(new)[1:]


def _same_place(old: Said, new: Said) -> bool:
    return old.mark == new.mark and _like(old, new)


def _like(old: Said, new: Said) -> bool:
    one, other = " ".join(_words(old)[1:]).strip(), " ".join(_words(new)[1:]).strip()
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    compared = SequenceMatcher(None, one[:2000], other[:2000], autojunk=False)
    return compared.quick_ratio() > ALIKE and compared.ratio() > ALIKE
