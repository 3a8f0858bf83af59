"""Pure: which passages of a returned document are which pieces of the version, by their original words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.drafts.aligning import align
from consult.drafts.numbering import find_label
from consult.drafts.pieces import Piece
from consult.drafts.placing import SURE
from consult.errors import Refused
from consult.kit.words import N_
from consult.office.annotations import Passage

LEAST_KNOWN = 0.5
"""Share of the passages that must be found in the version, or of the version's pieces in the file."""
_MARK = re.compile(r"\[[^\[\]\s]{1,40}\]\s+")
SHORT = 12
"""Signs: shorter passages say nothing about which text a file is."""

OTHER_TEXT = N_(
    "This file is not version %(version)s of the text: only %(known)s of its %(all)s paragraphs stand there. "
    "Take the text of this round, write your comments into it, and send it again."
)


@dataclass(frozen=True)
class Match:
    """The piece a passage is, by its place (None: none is), and how sure that is (0 to 1); `same` when the words are the same, `parted`
    when the passage is a part of the piece, or the piece of it."""

    place: int | None
    certainty: float
    same: bool = False
    parted: bool = False


def match(passages: Sequence[Passage], pieces: Sequence[Piece]) -> list[Match]:
    """For each passage the piece it is: the same words first, then the most alike (drafts.aligning), several to one where it was parted."""
    own = [replace(piece, kind=_kind(piece.kind), text=_spaced(piece.text), number="") for piece in pieces]
    known = {squeezed(form): piece.text for piece in own for form in _forms(piece) if piece.text}
    told = [(at, _as_piece(passage, known)) for at, passage in enumerate(passages) if passage.original]
    found = [Match(None, 0.0)] * len(passages)
    for tie in align(own, [piece for _, piece in told]):
        if tie.old is None or tie.new is None:
            continue
        at, piece = told[tie.new]
        same = squeezed(piece.text) == squeezed(own[tie.old].text)
        if found[at].place is None or (tie.confidence, same) > (found[at].certainty, found[at].same):
            found[at] = Match(tie.old, 1.0 if same and tie.kind == "changed" else tie.confidence, same, tie.kind in ("split", "merged"))
    return found


def check_same_text(passages: Sequence[Passage], pieces: Sequence[Piece], found: Sequence[Match], version: int | str) -> None:
    """A file that holds another text is refused: its remarks would stand anywhere."""
    telling = [each for passage, each in zip(passages, found, strict=True) if len(passage.original) >= SHORT]
    known = [each for each in telling if each.place is not None and each.certainty >= SURE]
    wanted = [place for place, piece in enumerate(pieces) if len(piece.text) >= SHORT]
    there = {each.place for each in known} & set(wanted)
    if not telling or (len(known) < LEAST_KNOWN * len(telling) and len(there) < LEAST_KNOWN * len(wanted)):
        raise Refused(OTHER_TEXT, version=version, known=len(known), all=len(telling))


def squeezed(text: str) -> str:
    """Words without any blanks: what two programs agree on."""
    return "".join(text.split())


def unnumbered(text: str, piece: Piece) -> str:
    """The words of a paragraph without the number that is printed before them, or the mark that letters put there."""
    text = text.removeprefix(f"[{piece.mark}]").lstrip()
    if piece.printed and text.startswith(piece.printed):
        return text[len(piece.printed) :].lstrip()
    return text


def _kind(kind: str) -> str:
    return kind if kind in ("table", "note") else "paragraph"


def _spaced(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _forms(piece: Piece) -> tuple[str, ...]:
    """How a paragraph may stand in a file: with its number or without, under its mark where the text of a letter was put into Word."""
    return f"{piece.printed}{piece.text}", piece.text, f"[{piece.mark}]{piece.text}", f"[{piece.mark}]{piece.printed}{piece.text}"


def _as_piece(passage: Passage, known: dict[str, str]) -> Piece:
    """A passage as it would be cut: without its typed number."""
    text = known.get(squeezed(passage.original))
    if text is None:
        bare = _MARK.sub("", passage.original)
        label = find_label(bare) if passage.kind == "text" else None
        text = label.rest if label and label.rest else bare
    return Piece(_kind(passage.kind), 0, "", "", text)
