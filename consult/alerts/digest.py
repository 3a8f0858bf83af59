"""What is new in a group since a person's last digest, in one letter: each thing in full, once, as it stands when it is written."""

from dataclasses import dataclass, field

from flask_babel import gettext, ngettext

from consult.alerts import entries, groupletters
from consult.alerts import notices as kept
from consult.alerts.commentletters import GONE, READ
from consult.alerts.models import Notice
from consult.alerts.pen import Pen, Sheet
from consult.alerts.shelf import comments_of
from consult.alerts.trouble import BROKEN, said
from consult.drafts.labels import label
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.review import queries as review_queries

MADE = ("comment.made", "delegation.submitted")
JOINING = ("comment.joined", "comment.left")


@dataclass
class News:
    """What goes into one digest, and what becomes of each notice."""

    blocks: list[str] = field(default_factory=list)
    keys: list = field(default_factory=list)
    read: list[int] = field(default_factory=list)  # comments shown in full
    versions: list[int] = field(default_factory=list)
    responses: list[tuple] = field(default_factory=list)  # very many at a time: how many, and in which round
    entered: list[tuple] = field(default_factory=list)  # very many comments of a file: how many, and in which round
    told: list[Notice] = field(default_factory=list)
    dropped: list[tuple[Notice, str]] = field(default_factory=list)
    broken: list[tuple[Notice, str]] = field(default_factory=list)


def write(pen: Pen, notices: list[Notice]) -> tuple[Letter | None, News]:
    """The digest as a letter, or None when nothing is left that the person has not read; and what it holds."""
    news = _gathered(pen, notices)
    if not news.told:
        return None, news
    again = [gettext("New in “%(group)s”, continued", group=pen.group.name)]
    changes = [block for version_id in news.versions for block in groupletters.news_of(pen, pen.shelf.version(version_id))]
    blocks = news.blocks + changes
    sheet = Sheet("digest", _subject(news), _top(pen, news), "digest", pen.group.id, blocks=blocks, again=again, keys=news.keys)
    due = max(notice.due_at for notice in notices)
    letter = pen.post(sheet, f"digest:{pen.person.id}:{pen.group.id}:{due.isoformat()}:{notices[0].id}")
    if letter is not None:
        kept.told_in_full(pen, letter, news.read)
    return letter, news


def _top(pen: Pen, news: News) -> list[str]:
    versions = [pen.shelf.version(version_id) for version_id in news.versions]
    rounds = [asked for asked in review_queries.open_rounds_of(pen.person.id, pen.now) if asked.group_id == pen.group.id]
    many = {"responses": news.responses, "entered": news.entered}
    return pen.words("alerts/digest", versions=versions, rounds=rounds, comments=bool(news.blocks), **many)


def _subject(news: News) -> str:
    if {notice.event.kind for notice in news.told} == {"response.given"}:
        return ngettext("Response to one comment", "Responses to %(num)s comments", len(news.keys))
    if not news.read:
        return ngettext("One thing is new", "%(num)s things are new", len(news.told))
    return ngettext("One new comment", "%(num)s new comments", len(news.read))


def _gathered(pen: Pen, notices: list[Notice]) -> News:
    news, by_comment = News(), {}
    for notice in notices:
        if notice.event.kind == "version.published":
            news.versions.append(notice.event.subject_id)
            news.told.append(notice)
        elif notice.event.kind == "comments.entered":
            news.entered.append((notice.event.data["count"], pen.shelf.round(notice.event.subject_id)))
            news.told.append(notice)
        elif notice.event.kind == "responses.given":
            news.responses.append((notice.event.data["count"], pen.shelf.round(notice.event.subject_id)))
            news.told.append(notice)
        else:
            for number in comments_of(notice.event):
                by_comment.setdefault(number, []).append(notice)
    shown = [(row, by_comment.pop(row.id)) for row in pen.material.comments.values() if row.id in by_comment]
    for lost in by_comment.values():
        news.dropped += [(notice, GONE) for notice in lost]
    before = None
    for row, about in sorted(shown, key=lambda pair: pair[0].round_id):
        before = _add(pen, news, row, about, before)
    return news


def _add(pen: Pen, news: News, row, notices: list[Notice], before) -> tuple | None:
    """One comment with its thread; `before` is the round and paragraph that stand above, which are not said again."""
    try:
        entry = _entry(pen, row, notices)
        head = _head(pen, row, before) if entry else []
    except BROKEN as error:
        news.broken += [(notice, said(error)) for notice in notices]
        return before
    if not entry:
        news.dropped += [(notice, GONE if row.withdrawn_at else READ) for notice in notices]
        return before
    key = pen.key("comment", row.id, pen.shelf.round(row.round_id).closes_at)
    news.keys.append(key)
    news.blocks.append("\n\n".join([*head, *entry, gettext("Answer: %(address)s", address=outbox.address_of(key))]))
    news.told += notices
    if _in_full(pen, row, notices):
        news.read.append(row.id)
    return row.round_id, row.paragraph_id


def _head(pen: Pen, row, before) -> list[str]:
    """The round and the paragraph, where they are not those of the comment before."""
    asked = pen.shelf.round(row.round_id)
    head = []
    if before is None or before[0] != row.round_id:
        head.append("\n".join(filter(None, [gettext("Comments on “%(title)s”", title=asked.title), label(asked.version.draft)])))
    if before != (row.round_id, row.paragraph_id):
        head.append(entries.place(pen.material.paragraphs.get(row.paragraph_id)))
    return head


def _in_full(pen: Pen, row, notices: list[Notice]) -> bool:
    made = any(notice.event.kind in MADE for notice in notices)
    return made and row.id not in pen.material.read and row.author_id != pen.person.id


def _entry(pen: Pen, row, notices: list[Notice]) -> list[str]:
    """The comment in full when it is new, in short when only what stands below it is; empty when all of it is withdrawn or read."""
    if row.withdrawn_at:
        return []
    answers = pen.material.answers.get(row.id, [])
    if _in_full(pen, row, notices):
        return entries.thread(row, pen.material.paragraphs.get(row.paragraph_id), answers)
    wanted = {notice.event.subject_id for notice in notices if notice.event.kind == "answer.made"}
    below = [entries.answer(each) for each in answers if each.id in wanted and pen.material.unread(row.id, each.received_at, each.door)]
    below += [entries.joined(entries.Joining.of(notice.event)) for notice in notices if notice.event.kind in JOINING]
    responded = any(notice.event.kind == "response.given" for notice in notices) and row.disposition
    if responded and pen.material.unread(row.id, row.responded_at):
        below.append(entries.response(row))
    return [f"{entries.heading(row)}:\n“{entries.excerpt(row.text or row.proposed)}”", *below] if below else []
