"""What many readers read again and again, made once: the pieces of a published text, and comments.

A published version never changes, so its HTML is kept by its number. A comment's HTML is kept by everything it is made of, with gaps
where moments stand, because each reader has a zone of their own. How many comments stand where holds until something happens in the group.
All are kept in this process only, and only so many.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, g, get_template_attribute, url_for
from markupsafe import Markup
from sqlalchemy import Row

from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.drafts.pictures import pictures
from consult.drafts.sections import Section, sections
from consult.drafts.wording import difference
from consult.people.guard import so_far
from consult.review import queries
from consult.web.filters import instants
from consult.web.locale import language

TEXTS_KEPT = 16
COUNTS_KEPT = 64
COMMENTS_KEPT = 5_000
GAP = "\0"  # stands in no text of ours


@dataclass(frozen=True)
class Text:
    """A published version as it is read: its pieces in order, each with its HTML, and how it is divided."""

    pieces: Sequence[tuple[Row, Markup]]
    sections: Sequence[Section]

    @property
    def total(self) -> int:
        """How many pieces it has."""
        return len(self.pieces)

    def ids(self, section: Section) -> Iterator[int]:
        """The numbers of the pieces of that section."""
        return (row.id for row, _html in self.pieces[section.first : section.first + section.count])


def text_of(version: Version) -> Text:
    """The text of a published version, ready to be shown."""
    kept = current_app.extensions.setdefault("consult.texts", {})
    if version.id not in kept:
        _keep(kept, version.id, _made(version), TEXTS_KEPT)
    return kept[version.id]


def _made(version: Version) -> Text:
    rows, piece = drafts.paragraphs(version.id), get_template_attribute("review/_piece.html", "piece")
    shown = pictures(version, rows)
    return Text([(row, piece(row, shown.get(row.id))) for row in rows], sections([row for row in rows if row.kind == "heading"], len(rows)))


@dataclass(frozen=True)
class Counted:
    """How many comments stand on each paragraph of a version and in each of its sections, and how many have lost their paragraph
    and are perhaps about it. None as a paragraph: the whole draft, and about none."""

    standing: Mapping[int | None, int]
    lost: Mapping[int | None, int]
    by_section: Sequence[int]


def counted(version: Version, text: Text) -> Counted:
    """How many comments this page's version has, counted again only when something has happened in the group since."""
    kept, state = current_app.extensions.setdefault("consult.counts", {}), so_far()
    known = kept.get(version.id)
    if known is None or known[0] != state:
        standing, lost = queries.counts(version.id)
        kept.pop(version.id, None)
        known = (state, Counted(standing, lost, [sum(standing.get(each, 0) for each in text.ids(s)) for s in text.sections]))
        _keep(kept, version.id, known, COUNTS_KEPT)
    return known[1]


class Comments:
    """Shows comments to one reader: called with a row, the answers below it and the text it is about."""

    def __init__(self) -> None:
        self.kept = current_app.extensions.setdefault("consult.comments", {})
        self.reader = (language(), url_for("review.comment", group=g.group.slug, round=0, number=0))
        self.moment = instants()

    def __call__(self, row: Row, answers: Sequence[Row] = (), text: str = "") -> Markup:
        """The comment with its thread, its response and its wording against the text."""
        key = (row.id, self.reader, hash((row, tuple(answers), text)))
        parts = self.kept.get(key)
        if parts is None:
            parts = _parted(row, answers, text)
            _keep(self.kept, key, parts, COMMENTS_KEPT)
        return Markup("".join([part if type(part) is str else self.moment(part) for part in parts]))


def _parted(row: Row, answers: Sequence[Row], text: str) -> list[str | datetime]:
    """The comment as HTML in parts: text, moment, text, …"""
    url = url_for("review.comment", group=g.group.slug, round=row.round_id, number=row.number)
    operations = difference(text, row.proposed) if row.proposed and text else None
    html = get_template_attribute("review/_said.html", "said")(row, answers, url, operations, _gap)
    parts = str(html).split(GAP)
    return [datetime.fromisoformat(part) if at % 2 else part for at, part in enumerate(parts)]


def _gap(when: datetime) -> Markup:
    return Markup(GAP + when.astimezone(UTC).replace(second=0, microsecond=0).isoformat() + GAP)


def _keep(kept: dict, key: object, made: object, most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(list(kept))), None)
    kept[key] = made
