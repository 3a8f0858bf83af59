"""What letters are written from: things that are the same for everybody are read once a run, a person's own things once a person."""

import time
from datetime import datetime, timedelta

from consult.alerts import queries
from consult.drafts import queries as drafts
from consult.drafts.pictures import in_words
from consult.extensions import db
from consult.journal.models import Event
from consult.people import queries as people
from consult.people.models import Group
from consult.review import queries as review

ABOUT_COMMENT = ("comment.made", "comment.joined", "comment.left", "response.given")
FRESH = 2.0  # seconds for which what was read for one person is true for the next
ENTERED_WITHIN = timedelta(seconds=10)


class Said:
    """Comments that letters of many people are about, read together."""

    def __init__(self) -> None:
        self.at = time.monotonic()
        self.known: set[int] = set()
        self.comments: dict[int, object] = {}
        self.paragraphs: dict[int, object] = {}
        self.answers: dict[int, list] = {}

    def read(self, ids: set[int]) -> None:
        """Read those that are not known yet."""
        missing = ids - self.known
        if not missing:
            return
        found = {row.id: row for row in review.comments_by_ids(sorted(missing))}
        self.comments |= found
        self.paragraphs |= queries.paragraphs({row.paragraph_id for row in found.values()} - {None} - self.paragraphs.keys())
        self.answers |= review.answers(sorted(missing))
        self.known |= missing


class Shelf:
    """Groups, rounds and texts that many letters of one run are written from."""

    def __init__(self) -> None:
        self._kept: dict[tuple, object] = {}
        self._said = Said()

    def group(self, group_id: int) -> Group:
        """The group of that number."""
        return self.once(("group", group_id), lambda: db.session.get_one(Group, group_id))

    def round(self, round_id: int):
        """The round of that number, with its version and draft."""
        return self.once(("round", round_id), lambda: queries.round_of(round_id))

    def version(self, version_id: int):
        """The version of that number, with its draft."""
        return self.once(("version", version_id), lambda: queries.version(version_id))

    def officers(self, group_id: int) -> str:
        """The names of the officers of a group, as one line."""
        return self.once(("officers", group_id), lambda: ", ".join(officer.name for officer in people.officers(group_id)))

    def text(self, version_id: int) -> list[str]:
        """A version's text, one block a piece, each with its mark at the start of its line."""
        return self.once(("text", version_id), lambda: [marked(piece) for piece in in_words(drafts.pieces(version_id))])

    def example(self, version_id: int) -> str:
        """A mark that stands in this text, to show how a remark begins."""
        return self.once(("example", version_id), lambda: _example(drafts.pieces(version_id)))

    def said(self, ids: set[int]) -> "Said":
        """Those comments with their paragraphs and answers, as they stand now: read again after two seconds at the latest."""
        if time.monotonic() - self._said.at > FRESH:
            self._said = Said()
        self._said.read(ids)
        return self._said

    def once(self, key: tuple, read):
        """What `read` gives, read the first time only."""
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]


class Material:
    """The comments that a person's letters are about, as they stand now, and what of them the person has read."""

    def __init__(self, person_id: int, events: list[Event], shelf: Shelf | None = None) -> None:
        about = {number for event in events for number in comments_of(event)}
        rounds = {event.data["round_id"] for event in events if "round_id" in event.data}
        rounds |= {event.subject_id for event in events if event.subject_type == "round"}
        said = (shelf or Shelf()).said(about)
        own = [row for row in said.comments.values() if row.id in about]
        order = sorted(own, key=lambda row: (-1 if row.position is None else row.position, row.number))
        self.comments = {row.id: row for row in order}
        self.paragraphs, self.answers = said.paragraphs, {number: said.answers[number] for number in about if number in said.answers}
        self.read: dict[int, datetime] = queries.read_at(person_id, about) if about else {}
        self.shown: list[int] = []  # comments that letters of this run have in full
        self.sets: set[int] = set()  # delegations whose set a letter of this run has shown
        self.told: set[int] = set()  # events that a letter of this run has told along with another
        self.letters = queries.first_letters(person_id, about | rounds) if about or rounds else {}

    def unread(self, comment_id: int, at: datetime, door: str = "page") -> bool:
        """Whether what was said at that moment below that comment may be new to the person. What came by mail may have waited before it
        was entered, so that nobody can have read it at the moment it carries."""
        return door != "page" or comment_id not in self.read or self.read[comment_id] < at + ENTERED_WITHIN


def round_of(event: Event) -> int | None:
    """The round an event belongs to, if it belongs to one."""
    return event.subject_id if event.subject_type == "round" else event.data.get("round_id")


def comments_of(event: Event) -> list[int]:
    """The comments an event is about: one, or all those that were submitted together."""
    if event.kind == "delegation.submitted":
        return event.data["comments"]
    number = comment_of(event)
    return [] if number is None else [number]


def comment_of(event: Event) -> int | None:
    """The comment an event is about, if it is about one."""
    if event.kind == "answer.made":
        return event.data["comment_id"]
    return event.subject_id if event.kind in ABOUT_COMMENT else None


def marked(piece) -> str:
    """A piece as letters show it: `[12] text`, items indented; the printed number only where the mark does not say it."""
    said = piece.kind in ("paragraph", "item") and piece.number.replace(" ", "") == piece.mark
    words = piece.text if said else f"{piece.printed} {piece.text}".strip()
    indent = "  " * min(piece.level, 3) if piece.kind in ("item", "list") else ""
    lines = f"[{piece.mark}] {words}".split("\n")
    return "\n".join(indent + line for line in lines)


def _example(pieces: list) -> str:
    numbered = [piece.mark for piece in pieces if piece.kind == "paragraph" and piece.number]
    return (numbered or [piece.mark for piece in pieces] or ["12"])[len(numbered) // 2 if numbered else 0]
