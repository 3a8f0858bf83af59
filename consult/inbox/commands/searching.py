"""SEARCH: words in the drafts and comments that a person may read, each hit with the line that fetches it."""

import re

from flask_babel import gettext
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph, Version
from consult.errors import Refused
from consult.extensions import db
from consult.inbox.commands import naming
from consult.inbox.commands.asked import Asked
from consult.kit.words import N_
from consult.people.models import Person
from consult.review.models import Comment, Round

MOST, READ_AT_MOST = 12, 200
AROUND = 70
NO_WORDS = N_("SEARCH needs a word of at least two letters. For example: SEARCH technology transfer")
NOTHING = N_("Nothing that you can read holds all of these words: %(words)s")


def search(asked: Asked) -> str:
    """SEARCH: the best hits, numbered; GET and the number fetches one."""
    words = [word for word in re.findall(r"[\w'’-]+", asked.argument) if len(word) > 1 or word.isdecimal() or ord(word) > 0x2E80][:8]
    if not words:
        raise Refused(NO_WORDS)
    hits = sorted([*_in_texts(asked.person, words), *_in_comments(asked.person, words)], key=lambda hit: -hit[0])
    if not hits:
        raise Refused(NOTHING, words=", ".join(words))
    shown = hits[:MOST]
    first = len(asked.shared.results)
    asked.shared.results += [line for _, _, _, line in shown]
    told = [f"{first + at}. {place}\n   {excerpt}\n   {line}" for at, (_, place, excerpt, line) in enumerate(shown, 1)]
    if len(hits) > MOST:
        told.append(gettext("There is more: add a word to find less."))
    return "\n".join(told)


def _in_texts(person: Person, words: list[str]) -> list[tuple]:
    """Paragraphs of the newest published versions, and of the texts of rounds that a guest is let into."""
    newest = [version for group_id in naming.groups(person) for version in drafts.newest(group_id)]
    guest = select(Version).join(Round).where(Round.id.in_(naming.guest_rounds(person)), Round.opened_at.is_not(None))
    rounds = {each.version_id: each for each in naming.rounds(person)} if not newest else {}
    versions = {each.id: each for each in [*newest, *db.session.scalars(guest.options(joinedload(Version.draft)))]}
    found = db.session.scalars(
        select(Paragraph)
        .where(Paragraph.version_id.in_(versions), *_all_in(Paragraph.text, words))
        .order_by(Paragraph.id.desc())
        .limit(READ_AT_MOST)
    )
    hits = []
    for piece in found:
        version = versions[piece.version_id]
        name = f"R{rounds[version.id].id}" if version.id in rounds else f"{naming.name_of(version.draft, person)} v{version.number}"
        title = gettext("%(title)s, version %(number)s", title=version.draft.title, number=version.number)
        hits.append(
            (
                _weight(piece.text, words) + (piece.kind == "heading"),
                f"[{piece.mark}] {title}",
                _excerpt(piece.text, words),
                f"GET {name} {piece.mark}",
            )
        )
    return hits


def _in_comments(person: Person, words: list[str]) -> list[tuple]:
    readable = or_(
        Round.group_id.in_(naming.groups(person)), and_(Round.id.in_(naming.guest_rounds(person)), Comment.author_id == person.id)
    )
    wanted = select(Comment).join(Round).where(readable, Comment.withdrawn_at.is_(None)).options(joinedload(Comment.paragraph))
    either = or_(and_(*_all_in(Comment.text, words)), and_(*_all_in(Comment.proposed, words)))
    hits = []
    for each in db.session.scalars(wanted.where(either).order_by(Comment.id.desc()).limit(READ_AT_MOST)):
        said = each.text or each.proposed
        place = f"[{each.paragraph.mark}] " if each.paragraph else ""
        place += gettext(
            "comment %(number)s of “%(title)s”, %(author)s", number=each.number, title=each.round.title, author=each.author.name
        )
        hits.append((_weight(said, words), place, _excerpt(said, words), f"GET R{each.round_id}/{each.number}"))
    return hits


def _all_in(column, words: list[str]) -> list:
    return [column.icontains(word, autoescape=True) for word in words]


def _weight(text: str, words: list[str]) -> float:
    """The words together weigh most, then how often they stand in how much text."""
    lower = text.casefold()
    whole = " ".join(words).casefold() in lower
    return 3.0 * whole + sum(lower.count(word.casefold()) for word in words) / (1 + len(text) / 400)


def _excerpt(text: str, words: list[str]) -> str:
    """The words with what stands around them, on one line."""
    line = " ".join(text.split())
    at = min((found for word in words if (found := line.casefold().find(word.casefold())) >= 0), default=0)
    begin, end = max(0, at - AROUND), at + AROUND
    return ("… " if begin else "") + line[begin:end].strip() + (" …" if end < len(line) else "")
