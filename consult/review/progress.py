"""How far a round's answers are: of all comments, by section, by drafter. Large rounds are counted at most every twenty seconds."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import case, func, select

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.drafts.sections import Section, section_of, sections
from consult.extensions import db
from consult.people import queries as people
from consult.review.models import Comment, Proposal, Response, Round

COUNTED_EACH_TIME = 2_000  # a round of more comments is counted again only after STALE seconds
STALE = 20.0
KEPT = 32


@dataclass
class Tally:
    """So many comments: how many have a published response, how many one that is agreed or proposed."""

    total: int = 0
    published: int = 0
    agreed: int = 0
    proposed: int = 0

    def add(self, count: int, state: str) -> None:
        """Count some more, all in one state ("": nothing is prepared yet)."""
        self.total += count
        if state:
            setattr(self, state, getattr(self, state) + count)

    @property
    def left(self) -> int:
        """How many have no published response."""
        return self.total - self.published


@dataclass(frozen=True)
class Progress:
    """The tally of a round as a whole, by section (None: the whole draft), and by drafter (None: nobody's)."""

    all: Tally = field(default_factory=Tally)
    by_section: dict[int | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_drafter: dict[int | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    names: dict[int, str] = field(default_factory=dict)


def sections_of(version_id: int) -> Sequence[Section]:
    """How a published version is divided; it never changes, so it is asked once."""
    kept = current_app.extensions.setdefault("consult.sections", {})
    if version_id not in kept:
        _keep(kept, version_id, sections(drafts.headings(version_id), drafts.how_many(version_id)))
    return kept[version_id]


def progress(of: Round) -> Progress:
    """How far the round is. In a large one the answer may be as old as STALE seconds."""
    if of.comments_made <= COUNTED_EACH_TIME:
        return _counted(of)
    kept = current_app.extensions.setdefault("consult.progress", {})
    if of.id not in kept or time.monotonic() - kept[of.id][0] > STALE:
        _keep(kept, of.id, (time.monotonic(), _counted(of)))
    return kept[of.id][1]


def _counted(of: Round) -> Progress:
    state = case((Response.id.is_not(None), "published"), (Proposal.id.is_not(None), Proposal.stage), else_="")
    asked = (
        select(Comment.paragraph_id, Comment.drafter_id, state, func.count())
        .outerjoin(Response, Response.comment_id == Comment.id)
        .outerjoin(Proposal, Proposal.comment_id == Comment.id)
        .where(Comment.round_id == of.id, Comment.withdrawn_at.is_(None))
        .group_by(Comment.paragraph_id, Comment.drafter_id, state)
    )
    found, at = Progress(), _section_of_paragraph(of.version_id)
    by_section: dict = defaultdict(Counter)
    for paragraph_id, drafter_id, stage, count in db.session.execute(asked):
        found.all.add(count, stage)
        found.by_drafter[drafter_id].add(count, stage)
        by_section[at.get(paragraph_id)][stage] += count
    for place in sorted(by_section, key=lambda each: -1 if each is None else each):
        for stage, count in by_section[place].items():
            found.by_section[place].add(count, stage)
    found.names.update(people.names({each for each in found.by_drafter if each}))
    return found


def _section_of_paragraph(version_id: int) -> dict[int, int]:
    kept = current_app.extensions.setdefault("consult.section_of_paragraph", {})
    if version_id not in kept:
        divided = sections_of(version_id)
        rows = db.session.execute(select(Paragraph.id, Paragraph.position).where(Paragraph.version_id == version_id))
        _keep(kept, version_id, {row.id: section_of(divided, row.position) for row in rows})
    return kept[version_id]


def _keep(kept: dict, key: object, made: object) -> None:
    while len(kept) >= KEPT:
        kept.pop(next(iter(list(kept))), None)
    kept[key] = made
