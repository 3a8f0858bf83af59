"""How well comments are carried over to the next version, on the labelled edits of bench/carrying."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bench.edits import Case, cases
from bench.figures import Figure, tell
from consult.drafts.aligning import align
from consult.drafts.placing import SURE, place

LANGUAGES = ("english", "french", "chinese", "arabic")


@dataclass
class Tally:
    """What was counted: pairs of an old and a new paragraph, and old paragraphs with one comment each."""

    pairs: int = 0
    edits: int = 0
    """Pairs that are more than a paragraph left as it was."""
    heirs: int = 0
    """Old paragraphs that have a successor."""
    gone: int = 0
    right: int = 0
    """Comments that followed by themselves to a right place."""
    wrong: int = 0
    """Comments that followed by themselves to a wrong place, those of deleted paragraphs among them."""
    raised: int = 0
    """Comments of deleted paragraphs that followed by themselves anywhere."""
    perhaps: int = 0
    """Comments kept for a person, with the right place offered."""
    false_pairs: int = 0
    """Pairs shown as certain, with or without a comment, that are none."""
    found_pairs: int = 0
    """Pairs shown as certain that are some."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))

    @property
    def precision(self) -> float:
        """The share of comments that followed by themselves to a right place, among all that followed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of paragraphs with a successor whose comment followed to it by itself."""
        return self.right / self.heirs if self.heirs else 1.0


def tally(case: Case) -> Tally:
    """Align one text, put a comment on each old paragraph, and count."""
    ties = align(case.old, case.new)
    found = Tally(pairs=len(case.pairs), edits=case.edits, heirs=len(case.truth), gone=len(case.old) - len(case.truth))
    for i in range(len(case.old)):
        where, heirs = place(ties, i), case.truth.get(i, set())
        if where.state == "orphaned":
            found.perhaps += where.new in heirs
        elif where.new in heirs:
            found.right += 1
        else:
            found.wrong += 1
            found.raised += not heirs
    certain = {(tie.old, tie.new) for tie in ties if None not in (tie.old, tie.new) and tie.confidence >= SURE}
    found.false_pairs, found.found_pairs = len(certain - case.pairs), len(certain & case.pairs)
    return found


def total(held_out: bool | None = None, language: str | None = None) -> Tally:
    """The sum over all texts, or those of a language, held out or not."""
    return sum((tally(case) for case in cases(held_out) if language in (None, case.language)), Tally())


def measure() -> list[Figure]:
    """Each language, the texts held out from tuning, and all."""
    parts = [(name, total(language=name)) for name in LANGUAGES]
    parts += [("used for tuning", total(held_out=False)), ("held out", total(held_out=True)), ("all", total())]
    return [tell(figure) for name, found in parts for figure in _figures(name, found)]


def _figures(name: str, found: Tally) -> Sequence[Figure]:
    return (
        Figure(f"{name}: pairs of paragraphs ({found.edits} edited, moved, split or merged)", found.pairs, "pairs"),
        Figure(f"{name}: comments on the right paragraph, of those that followed", found.precision, "share", least=0.99, bar="≥ 0.99"),
        Figure(f"{name}: comments that followed, of {found.heirs} with a successor", found.recall, "share", least=0.97, bar="≥ 0.97"),
        Figure(f"{name}: wrong pairs shown as certain", found.false_pairs, "pairs", most=0, bar="0"),
        Figure(f"{name}: successors given to {found.gone} deleted paragraphs", found.raised, "comments", most=0, bar="0"),
        Figure(f"{name}: kept for a person, the right place offered", found.perhaps, "comments"),
        Figure(f"{name}: pairs found, both halves counted", found.found_pairs / max(found.pairs, 1), "share"),
    )
