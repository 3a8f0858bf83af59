"""Pure: what changed in the words, of one paragraph and of a whole version, as data and as text for letters."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from consult.drafts.aligning import Tie, align
from consult.drafts.anchors import in_order
from consult.drafts.blocks import width
from consult.drafts.pieces import Piece
from consult.drafts.tokens import tokens
from consult.kit.words import N_

Ops = list[tuple[str, str]]
Stretch = tuple[int, int, int, int]
"""Words that stayed: from and to in the words before, from and to in the words now."""

LONG = 1_600
"""From this product of word counts the fast comparison takes over from the tidier one."""
TINY = 3
"""Columns: unchanged words no wider than this between two changes are shown as part of the change."""
WORDS = {
    "changed": N_("changed"),
    "moved": N_("moved"),
    "split": N_("split"),
    "merged": N_("merged"),
    "new": N_("new"),
    "gone": N_("deleted"),
    "unsure": N_("not certain, %(percent)s %%"),
}


@dataclass(frozen=True)
class Change:
    """What became of one piece, with the pieces themselves and the difference of their words.

    Of a paragraph that was split or merged only the stretch that both hold is compared, not what went to its other parts.
    """

    kind: str
    old: Piece | None
    new: Piece | None
    ops: tuple[tuple[str, str], ...]
    confidence: float


def difference(old: str, new: str) -> Ops:
    """The change of a text word by word as ("same"|"del"|"ins", text); same+del is the old text, same+ins the new one."""
    if old == new:
        return [("same", old)] if old else []
    before, after = tokens(old), tokens(new)
    return _tidied(_merged(_walked(before, after, _kept(before, after))))


def _kept(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """The stretches that stayed; white space takes no part in finding them, so that it never holds a change together."""
    here = [place for place, token in enumerate(before) if not token.isspace()]
    there = [place for place, token in enumerate(after) if not token.isspace()]
    for i, j, size in _blocks([before[place] for place in here], [after[place] for place in there]):
        whole = (here[i], here[i + size - 1] + 1, there[j], there[j + size - 1] + 1)
        if before[whole[0] : whole[1]] == after[whole[2] : whole[3]]:
            yield whole
        else:
            yield from ((here[i + n], here[i + n] + 1, there[j + n], there[j + n] + 1) for n in range(size))


def _blocks(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int]]:
    """Words that stayed, as place before, place now, how many: rare ones first, so that the tidy comparison sees only what lies between."""
    i = j = size = 0
    for here, there in [*_anchors(a, b), (len(a), len(b))]:
        if size and (here, there) == (i + size, j + size) and here < len(a):
            size += 1
            continue
        if size:
            yield i, j, size
        i, j = i + size, j + size
        for start, start_now, length in _small_blocks(a[i:here], b[j:there]):
            yield i + start, j + start_now, length
        i, j, size = here, there, 1


def _anchors(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """The words in the middle of three that stand together once in each text, as far as they kept their order."""
    places, places_now = _once(a), _once(b)
    return in_order(sorted((place + 1, places_now[three] + 1) for three, place in places.items() if three in places_now))


def _once(found: list[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    twice = set()
    for place, three in enumerate(zip(found, found[1:], found[2:])):
        if three in places:
            twice.add(three)
        places[three] = place
    return {three: place for three, place in places.items() if three not in twice}


def _small_blocks(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int]]:
    """The same between two rare words: what both begin with and end with, and what is found in the middle."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    if head:
        yield 0, 0, head
    middle, middle_now = a[head : len(a) - tail], b[head : len(b) - tail]
    if not set(middle).isdisjoint(middle_now):
        for i, j, size in _compared(middle, middle_now):
            yield head + i, head + j, size
    if tail:
        yield len(a) - tail, len(b) - tail, tail


def _compared(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int]]:
    if len(a) * len(b) > LONG:
        return ((op.src_start, op.dest_start, op.src_end - op.src_start) for op in Indel.opcodes(a, b) if op.tag == "equal")
    return ((block.a, block.b, block.size) for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if block.size)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words (or signs) two rows begin with alike."""
    length = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        length += 1
    return length


def _walked(before: Sequence[str], after: Sequence[str], kept: Iterable[Stretch]) -> Iterator[tuple[str, str]]:
    i = j = 0
    for here, end, there, end_now in [*kept, (len(before), len(before), len(after), len(after))]:
        if i < here or j < there:
            yield from _between("".join(before[i:here]), "".join(after[j:there]))
        yield "same", "".join(before[here:end])
        i, j = end, end_now


def _between(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The stretch between two words that stayed: common white space at its ends belongs to what stayed."""
    lead = _common(old[: len(old) - len(old.lstrip())], new[: len(new) - len(new.lstrip())])
    yield "same", old[:lead]
    old, new = old[lead:], new[lead:]
    trail = _common(old[len(old.rstrip()) :][::-1], new[len(new.rstrip()) :][::-1])
    yield "del", old[: len(old) - trail]
    yield "ins", new[: len(new) - trail]
    yield "same", old[len(old) - trail :]


def _merged(ops: Iterator[tuple[str, str]] | Ops) -> Ops:
    """Neighbours of one kind as one; in a change what is deleted stands before what is inserted."""
    result: Ops = []
    gone: list[str] = []
    come: list[str] = []
    for kind, text in [*ops, ("same", "\0")]:
        if kind == "del":
            gone.append(text)
        elif kind == "ins":
            come.append(text)
        elif text:
            if gone or come:
                result += [(k, joined) for k, joined in (("del", "".join(gone)), ("ins", "".join(come))) if joined]
                gone, come = [], []
            if result and result[-1][0] == "same":
                result[-1] = ("same", result[-1][1] + text)
            else:
                result.append(("same", text))
    return _without_end(result)


def _without_end(ops: Ops) -> Ops:
    last = ops[-1][1][:-1]
    return ops[:-1] + ([("same", last)] if last else [])


def _tidied(ops: Ops) -> Ops:
    """Take a tiny unchanged stretch between two changes into them, so that a person reads one change and not three."""
    taken: list[tuple[str, str]] = []
    for place, (kind, text) in enumerate(ops):
        inside = kind == "same" and 0 < place < len(ops) - 1 and len(text.strip()) <= TINY
        if inside and width(text.strip()) <= TINY and _both_sides(ops, place):
            taken += [("del", text), ("ins", text)]
        else:
            taken.append((kind, text))
    return _merged(taken) if len(taken) > len(ops) else ops


def _both_sides(ops: Ops, place: int) -> bool:
    """Only where something was replaced on one side at least; two plain insertions keep their distance."""
    kinds = {kind for near in (place - 2, place - 1, place + 1, place + 2) if 0 <= near < len(ops) for kind in (ops[near][0],)}
    return {"del", "ins"} <= kinds


def as_text(ops: Sequence[tuple[str, str]]) -> str:
    """The change for a letter: `[-old-]{+new+}`."""
    shape = {"same": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    return "".join(shape[kind].format(text) for kind, text in ops)


def compare(old_pieces: Sequence[Piece], new_pieces: Sequence[Piece], ties: Sequence[Tie] | None = None) -> list[Change]:
    """What became of every piece of a version, in reading order; `ties` are those on record, found anew when left out."""
    found = align(old_pieces, new_pieces) if ties is None else ties
    return [_change(tie, old_pieces, new_pieces) for tie in found]


def _change(tie: Tie, old_pieces: Sequence[Piece], new_pieces: Sequence[Piece]) -> Change:
    old = None if tie.old is None else old_pieces[tie.old]
    new = None if tie.new is None else new_pieces[tie.new]
    ops = difference(old.text if old else "", new.text if new else "")
    elsewhere = {"split": "del", "merged": "ins"}.get(tie.kind)
    return Change(tie.kind, old, new, tuple(_without_edges(ops, elsewhere) if elsewhere else ops), tie.confidence)


def _without_edges(ops: Ops, kind: str) -> Ops:
    """Leave out what belongs to the other parts: the outermost deletions of a split, the outermost insertions of a merger."""
    kept = [place for place, (op, _) in enumerate(ops) if op != kind]
    return ops[kept[0] : kept[-1] + 1] if kept else ops


def compare_text(
    old_pieces: Sequence[Piece], new_pieces: Sequence[Piece], ties: Sequence[Tie] | None = None, words: Mapping[str, str] = WORDS
) -> str:
    """The changed pieces of a version as text for a letter, each under its marks; `words` may bring them in another language."""
    changes = [change for change in compare(old_pieces, new_pieces, ties) if change.kind != "same"]
    return "\n\n".join(_told(change, words) for change in changes)


def _told(change: Change, words: Mapping[str, str]) -> str:
    marks = [f"[{piece.mark}]" for piece in (change.old, change.new) if piece]
    head = " -> ".join(dict.fromkeys(marks)) + " " + words[change.kind]
    if change.confidence < 0.7 and change.kind in ("changed", "moved", "split", "merged"):
        head += " (" + words["unsure"] % {"percent": round(change.confidence * 100)} + ")"
    return f"{head}\n{_words_told(change)}"


def _words_told(change: Change) -> str:
    """A moved, new or deleted text stands as it is; only changed words are marked."""
    if change.kind in ("moved", "new", "gone"):
        return re.sub(r"\s+\n", "\n", (change.new or change.old or Piece("", 0, "", "", "")).text)
    return as_text(change.ops)
