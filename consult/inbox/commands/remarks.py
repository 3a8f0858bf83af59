"""COMMENTS: what others said on a paragraph, in a round or since a day, each with an address that takes an answer into its thread."""

import re
from datetime import UTC, datetime, time
from functools import partial

from flask_babel import gettext, ngettext
from sqlalchemy import or_, select

from consult.alerts import entries
from consult.alerts import queries as alerts
from consult.alerts.pen import Pen, Sheet
from consult.drafts import queries as drafts
from consult.drafts.labels import label
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox import asking
from consult.inbox.commands import naming, offering
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.offering import Offered
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox.again import unused
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.review import actions as review_actions
from consult.review import queries as review
from consult.review.marks import normal
from consult.review.models import Answer, Comment, Response, Round

SINCE = re.compile(r"(?:since|depuis|desde|с|после|自|从|منذ)\s*(?P<day>.+)$", re.IGNORECASE)
MARK = re.compile(r"(?:^|\s)[\[§¶]?\s*(\d{1,4}(?:\s?bis)?(?:\s?\(\w{1,5}\)){0,3})\s*\]?$", re.IGNORECASE)
SINGLE = re.compile(r"R\d{1,6}/\d{1,6}|[C#]\d{1,6}", re.IGNORECASE)
NONE_THERE = N_("There are no comments there that you can read.")
WHICH = N_("Say on which paragraph, of which round or since when. For example: COMMENTS 12, COMMENTS R3, or COMMENTS since 2026-11-01")


def comments(asked: Asked) -> str:
    """COMMENTS: on a paragraph, of a round or draft, or since a day."""
    return fetch(asked.argument, asked)


def fetch(words: str, asked: Asked) -> str:
    """Send the comments that the words name, in letters of their own."""
    words = naming.plain(words).strip()
    since = SINCE.search(words)
    if since and (days := asking.days(since["day"])):
        return _since(datetime.combine(days[0], time(), UTC), words, asked)
    found = naming.ROUND.search(words)
    on, rest = (naming.need_round(asked, words), words[found.end() :]) if found else (None, words)
    mark = MARK.search(f" {rest.strip()}")
    name = rest.strip()[: mark.start()].strip() if mark and not found else "" if found else rest.strip()
    on = on or _round_of(name, asked)
    if on is None:
        raise Refused(WHICH)
    return _of(on, mark[1].strip() if mark else "", asked)


def _round_of(name: str, asked: Asked) -> Round | None:
    """The round on the draft of that name; without a name that of the letter answered, else the only one that waits for the person."""
    if not name:
        mine = review.open_rounds_of(asked.person.id) or naming.rounds(asked.person)
        on = naming.round_of(asked, "") or (mine[0] if len(mine) == 1 else None)
        if on is None and mine:
            naming.choose(asked.argument, [f"COMMENTS R{each.id} {asked.argument}".strip() for each in mine])
        return on
    found = naming.drafts(asked.person, name)
    if not found:
        raise Refused(naming.NO_DRAFT, name=name[:80])
    if len(found) > 1:
        naming.choose(name, [f"COMMENTS {each.group.slug}/{each.slug}" for each in found])
    version = drafts.latest(found[0])
    rounds = review.rounds_of_draft(found[0].id)
    return (review.current_round(version.id) if version else None) or (rounds[0] if rounds else None)


def _of(on: Round, mark: str, asked: Asked) -> str:
    if mark:
        paragraph = _paragraph(on, mark)
        rows = review.comments_on_paragraph(paragraph.id, on.version_id)
        title = gettext("Comments on [%(mark)s] of “%(title)s”", mark=paragraph.mark, title=on.title)
        line = f"COMMENTS R{on.id} {paragraph.mark}"
    else:
        rows, line = review.comments(on), f"COMMENTS R{on.id}"
        title = gettext("Comments on “%(title)s”", title=on.title)
    ids = [row.id for row in rows if _reads(on.group_id, row.author_id, asked.person)]
    less = "" if mark or not rows else f"COMMENTS R{on.id} {next((row.mark for row in rows if row.mark), '1')}"
    return _send(ids, title, line, db.session.get_one(Group, on.group_id), asked, less)


def _paragraph(on: Round, mark: str):
    known = {normal(row.mark): row.mark for row in drafts.paragraphs(on.version_id) if row.mark}
    if normal(mark) not in known:
        raise NotFound(N_("This version has no paragraph %(mark)s."), mark=mark)
    return drafts.by_mark(on.version_id, known[normal(mark)])


def _reads(group_id: int, author_id: int, person: Person) -> bool:
    """A guest of a round reads their own comments there and no others."""
    return author_id == person.id or people.may(person, "draft.read", group_id)


def _since(day: datetime, words: str, asked: Asked) -> str:
    """Everything said since that day in the rounds the person reads, one series of letters a group."""
    newer = or_(
        Comment.received_at >= day,
        Comment.id.in_(select(Answer.comment_id).where(Answer.received_at >= day, Answer.withdrawn_at.is_(None))),
        Comment.id.in_(select(Response.comment_id).where(Response.at >= day)),
    )
    on = naming.round_of(asked, words) if naming.ROUND.search(words) else None
    where = Comment.round_id == on.id if on else Round.group_id.in_(naming.groups(asked.person))
    wanted = select(Round.group_id, Comment.id, Comment.author_id).join(Round).where(newer, where, Comment.withdrawn_at.is_(None))
    by_group: dict[int, list[int]] = {}
    for group_id, comment_id, author_id in db.session.execute(wanted):
        if not _reads(group_id, author_id, asked.person):
            continue
        by_group.setdefault(group_id, []).append(comment_id)
    if not by_group:
        raise Refused(NONE_THERE)
    title, line = gettext("Comments since %(day)s", day=day.date().isoformat()), f"COMMENTS since {day.date().isoformat()}"
    return "\n".join(_send(ids, title, line, db.session.get_one(Group, group), asked) for group, ids in sorted(by_group.items()))


def _send(ids: list[int], title: str, line: str, group: Group, asked: Asked, less: str = "") -> str:
    if not ids:
        raise Refused(NONE_THERE)
    seen = partial(review_actions.saw, asked.person.id, ids, clock.now())
    return offering.send(Offered(line, title, group, partial(_write, ids, title), less, seen), asked)


def one(words: str, asked: Asked) -> list[Offered]:
    """One comment with its thread, by its name `R3/57`."""
    if not SINGLE.fullmatch(words) and not words.isdecimal():
        return []
    which = naming.comment(asked, words)
    title = gettext("Comment %(number)s of “%(title)s”", number=which.number, title=which.round.title)
    group = db.session.get_one(Group, which.round.group_id)
    seen = partial(review_actions.saw, asked.person.id, [which.id], clock.now())
    return [Offered(f"GET R{which.round_id}/{which.number}", title, group, partial(_write, [which.id], title), "", seen)]


def _write(ids: list[int], title: str, pen: Pen) -> Sheet:
    """Each comment in full below its paragraph, with the address that takes an answer."""
    sheet = Sheet("comments", title, [title], "digest", pen.group.id, again=[title])
    rows, answers = review.comments_by_ids(ids), review.answers(ids)
    paragraphs = alerts.paragraphs({row.paragraph_id for row in rows} - {None})
    before = None
    for row in rows:
        on = pen.shelf.round(row.round_id)
        key = pen.key("comment", row.id, on.closes_at)
        sheet.keys.append(key)
        heads = _heads(on, row, paragraphs, before, title)
        said = entries.thread(row, paragraphs.get(row.paragraph_id), answers.get(row.id, []))
        sheet.blocks.append("\n\n".join([*heads, *said, gettext("Answer: %(address)s", address=outbox.address_of(key))]))
        before = (row.round_id, row.paragraph_id)
    if len(rows) == 1:
        sheet.purpose, sheet.about, sheet.until = "comment", rows[0].id, pen.shelf.round(rows[0].round_id).closes_at
        sheet.blocks, sheet.keys = ["\n\n".join([*heads, *said])], []
        unused([key])
    else:
        sheet.top.append(ngettext("One comment.", "%(num)s comments.", len(rows)))
        sheet.top.append(gettext("To answer a comment, write to the address below it. What you write there goes into the thread."))
    return sheet


def _heads(on: Round, row, paragraphs: dict, before: tuple | None, title: str) -> list[str]:
    heads = []
    if before is None or before[0] != row.round_id:
        named = gettext("Comments on “%(title)s”", title=on.title)
        heads += ["\n".join(said)] if (said := [line for line in (named, label(on.version.draft)) if line and line != title]) else []
    if before != (row.round_id, row.paragraph_id):
        heads.append(entries.place(paragraphs.get(row.paragraph_id)))
    return heads
