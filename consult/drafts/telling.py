"""Pure: the changes of a version put in the order and the words in which people read them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.drafts.wording import Change

DOUBTFUL = 0.7
"""Below this certainty a finding is shown as one to look at."""


@dataclass(frozen=True)
class Told:
    """One change as it is read: what happened, to which marks before, to which now, under which heading."""

    kind: str
    change: Change
    before: tuple[str, ...]
    now: tuple[str, ...]
    section: str
    percent: int | None


def tell(changes: Sequence[Change], everything: bool = False) -> list[Told]:
    """What a reader goes through: every change in reading order, and what stayed the same too when `everything` is asked for."""
    parts = _parts(changes, "split"), _parts(changes, "merged")
    told, section = [], ""
    for change in changes:
        if change.new and change.new.kind == "heading":
            section = f"{change.new.printed} {change.new.text}".strip()
        if everything or change.kind != "same":
            told.append(_told(change, section, *parts))
    return told


def count(changes: Iterable[Change]) -> dict[str, int]:
    """How many paragraphs stayed, changed, moved, came and went; one that was split in three counts once, as does a merger of three."""
    things = {(change.kind, _mark(change.old if change.kind in ("split", "gone") else change.new)) for change in changes}
    return dict(Counter(kind for kind, _ in things))


def _told(change: Change, section: str, splits: dict, mergers: dict) -> Told:
    before, now = (_mark(change.old),) if change.old else (), (_mark(change.new),) if change.new else ()
    if change.kind == "split":
        now = tuple(splits[before[0]])
    if change.kind == "merged":
        before = tuple(mergers[now[0]])
    sure = change.confidence >= DOUBTFUL or change.kind in ("same", "new", "gone")
    return Told(change.kind, change, before, now, section, None if sure else round(change.confidence * 100))


def _parts(changes: Sequence[Change], kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.kind == kind:
            whole, part = (change.old, change.new) if kind == "split" else (change.new, change.old)
            found.setdefault(_mark(whole), []).append(_mark(part))
    return found


def _mark(piece) -> str:
    return piece.mark if piece else ""
