"""The labelled edits of bench/carrying, two versions of each text with what became of its paragraphs; its README says how they are read."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from consult.drafts.cutting import cut
from consult.drafts.pieces import Piece

HOME = Path(__file__).parent / "carrying"
HELD_OUT = "held-out"
EDIT = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}")
LABELS = {"same", "edited", "rewritten", "split", "merged", "moved", "here", "gone", "new"}


@dataclass
class Case:
    """One text in two versions. `truth`: each old place that has a successor, with its new places. `labels`: by old place."""

    name: str
    old: list[Piece] = field(default_factory=list)
    new: list[Piece] = field(default_factory=list)
    truth: dict[int, set[int]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The first word of the file's name."""
        return self.name.split("-")[0]

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """Every old place with a new one that it became, wholly or in part."""
        return {(i, j) for i, places in self.truth.items() for j in places}

    @property
    def edits(self) -> int:
        """How many of the pairs are more than a paragraph left as it was."""
        return sum(self.labels[i] != "same" for i, _ in self.pairs)


def cases(held_out: bool | None = None) -> list[Case]:
    """All labelled texts; only those held out from tuning, or only the others, if so wished."""
    files = sorted(HOME.rglob("*.txt"))
    return [read(path) for path in files if held_out is None or held_out == (path.parent.name == HELD_OUT)]


def read(path: Path) -> Case:
    """Read one labelled text; an AssertionError names what does not fit its label."""
    writer = _Writer()
    lines = path.read_text("utf-8").splitlines()
    for place, line in enumerate(lines):
        label, _, text = line.partition(" ")
        if label == "rewritten":
            writer.put(f"line {place}", label, lines[place + 1][2:], lines[place + 2][2:])
        elif label not in ("-", "+"):
            assert label in LABELS, f"{path.name}: {line}"
            writer.take(f"line {place}", label, text)
    return _checked(Case(path.stem), writer)


class _Writer:
    """The blocks of both versions, each with the name of what it is."""

    def __init__(self) -> None:
        self.old: list[tuple[str, str, str]] = []
        self.new: list[tuple[str, str, str]] = []
        self.waiting: dict[str, str] = {}

    def take(self, key: str, label: str, text: str) -> None:
        if label in ("moved", "here"):
            key, _, text = text.partition(" ")
        before = "" if label in ("new", "here") else _side(text, 1)
        after = "" if label in ("gone", "moved") else _side(text, 2)
        if label == "split":
            before = _joined(before)
        if label == "merged":
            after = _joined(after)
        self.put(key, label, before, after)

    def put(self, key: str, label: str, before: str, after: str) -> None:
        self.old += [(key, label, part) for part in _parts(before)]
        self.new += [(key, label, part) for part in _parts(after)]


def _side(text: str, group: int) -> str:
    return EDIT.sub(lambda found: found.group(group) or "", text)


def _joined(text: str) -> str:
    return text.replace(" ¶ ", " ").replace("¶", "")


def _parts(text: str) -> list[str]:
    head = "#. " if text.startswith("#. ") else ""
    return [part.strip() if place == 0 else head + part.strip() for place, part in enumerate(text.split("¶"))] if text else []


def _checked(case: Case, writer: _Writer) -> Case:
    case.old, case.new = _pieces(writer.old), _pieces(writer.new)
    case.labels = [label for _, label, _ in writer.old]
    for i, (key, label, _) in enumerate(writer.old):
        heirs = {j for j, (other, _, _) in enumerate(writer.new) if other == key}
        assert bool(heirs) == (label != "gone"), f"{case.name}: {label} {case.old[i].text}"
        if heirs:
            case.truth[i] = heirs
        alike = [case.new[j].text for j in heirs] == [case.old[i].text]
        assert label in ("moved", "gone") or alike == (label == "same"), f"{case.name}: {label} {case.old[i].text}"
    return case


def _pieces(blocks: list[tuple[str, str, str]]) -> list[Piece]:
    """Cut as every draft is; each block must be one piece, or its labels would lie."""
    numbered, number = [], 0
    for _, _, text in blocks:
        number += text.startswith("#. ")
        numbered.append(text.replace("#. ", f"{number}. ", 1) if text.startswith("#. ") else text)
    pieces = cut("\n\n".join(numbered))
    assert [_bare(piece.text) for piece in pieces] == [_ends(text, piece.text) for text, piece in zip(numbered, pieces, strict=True)]
    return pieces


def _bare(text: str) -> str:
    return " ".join(text.split())


def _ends(text: str, wanted: str) -> str:
    text = _bare(text)
    return text[len(text) - len(_bare(wanted)) :]
