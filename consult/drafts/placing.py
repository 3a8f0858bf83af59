"""Pure: where a comment goes when the text it speaks about changed.

A comment follows its paragraph: *placed* where nothing changed, *moved* with it, *changed* below it, or *orphaned*, which means kept,
shown, and waiting for a person. The words it quotes decide between the parts of a paragraph that was split.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from consult.drafts.aligning import Tie

SURE = 0.7
"""From this certainty on a comment follows by itself."""
QUOTE_LIKE = 0.75
"""How much a passage must be like the quoted one to be it."""


@dataclass(frozen=True)
class Quote:
    """A quoted passage as W3C Web Annotation has it: the exact words, and some before and after to tell repeated ones apart."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Placement:
    """Where a comment stands now: `placed`, `moved`, `changed` or `orphaned`.

    `new` is the place of its piece; for an orphan the likeliest one, to be offered to a person, or None.
    """

    state: str
    new: int | None
    confidence: float


@dataclass(frozen=True)
class Passage:
    """Where a quoted passage stands in a text: from, to (characters), and how like the quoted words it is."""

    start: int
    end: int
    confidence: float


def place(ties: Sequence[Tie], old_index: int, quote: Quote | None = None, new_texts: Mapping[int, str] | Sequence[str] = ()) -> Placement:
    """Find the new place of a comment on an old piece; `new_texts` gives the text of a new piece by its place, for the quote."""
    own = [tie for tie in ties if tie.old == old_index and tie.new is not None]
    if not own:
        gone = next((tie.confidence for tie in ties if tie.old == old_index), 1.0)
        return Placement("orphaned", None, gone)
    tie, passage = _chosen(own, quote, new_texts)
    confidence = tie.confidence if passage is None else max(tie.confidence, round(passage.confidence * 0.95, 2))
    if confidence < SURE:
        return Placement("orphaned", tie.new, confidence)
    if tie.kind in ("same", "moved"):
        return Placement("placed" if tie.kind == "same" else "moved", tie.new, confidence)
    return Placement("changed", tie.new, confidence)


def _chosen(own: Sequence[Tie], quote: Quote | None, new_texts: Mapping[int, str] | Sequence[str]) -> tuple[Tie, Passage | None]:
    """Of several parts the one that holds the quoted words, else the surest."""
    surest = max(own, key=lambda tie: (tie.confidence, -(tie.new or 0)))
    if quote is None or not quote.exact.strip():
        return surest, None
    found = [(passage, tie) for tie in own if (passage := find_passage(_text(new_texts, tie.new), quote))]
    if not found:
        return surest, None
    passage, tie = max(found, key=lambda one: (one[0].confidence, one[1].confidence))
    return tie, passage


def _text(new_texts: Mapping[int, str] | Sequence[str], index: int | None) -> str:
    if index is None:
        return ""
    if isinstance(new_texts, Mapping):
        return new_texts.get(index, "")
    return new_texts[index] if index < len(new_texts) else ""


def find_passage(text: str, quote: Quote) -> Passage | None:
    """Where the quoted words stand in a text: exactly, told apart by what stands around them, else the likest passage."""
    if not text or not quote.exact:
        return None
    exact = [Passage(at, at + len(quote.exact), 1.0) for at in _occurrences(text, quote.exact)]
    if exact:
        return max(exact, key=lambda passage: (_around(text, passage, quote), -passage.start))
    if len(quote.exact) > len(text) * 2:
        return None
    found = fuzz.partial_ratio_alignment(quote.exact, text, score_cutoff=QUOTE_LIKE * 100)
    if found is None:
        return None
    return Passage(found.dest_start, found.dest_end, round(found.score / 100, 2))


def _occurrences(text: str, exact: str, most: int = 200) -> list[int]:
    places: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(places) < most:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def _around(text: str, passage: Passage, quote: Quote) -> float:
    """How well the surroundings fit the ones that were kept with the quote."""
    before = text[max(0, passage.start - len(quote.prefix)) : passage.start]
    after = text[passage.end : passage.end + len(quote.suffix)]
    return fuzz.ratio(before, quote.prefix) + fuzz.ratio(after, quote.suffix)
