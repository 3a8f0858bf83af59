"""What is new in a group since a person's last digest, in one letter: each thing in full, once, as it stands when it is written."""

from collections import Counter
from dataclasses import dataclass, field

from flask import current_app
from flask_babel import gettext, ngettext

from consult.alerts import budget, entries, groupletters
from consult.alerts import notices as kept
from consult.alerts.commentletters import GONE, READ
from consult.alerts.forms import STRAIGHT, About, Entry
from consult.alerts.models import Notice
from consult.alerts.pen import Pen, Sheet
from consult.alerts.shelf import comments_of
from consult.alerts.trouble import BROKEN, said
from consult.drafts.labels import label
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.review import queries as review_queries
from consult.web.locale import language

MADE = ("comment.made", "delegation.submitted")
JOINING = ("comment.joined", "comment.left")


@dataclass
class News:
    """What goes into one digest, and what becomes of each notice."""

    blocks: list[str] = field(default_factory=list)
    shown: int = 0  # comments that stand in it, in full or with what is new below them
    read: list[int] = field(default_factory=list)  # comments shown in full
    versions: list[int] = field(default_factory=list)
    responses: list[tuple] = field(default_factory=list)  # very many at a time: how many, and in which round
    entered: list[tuple] = field(default_factory=list)  # very many comments of a file: how many, and in which round
    of: list[list[Notice]] = field(default_factory=list)  # what each of the blocks tells
    later: list[Notice] = field(default_factory=list)  # what the month's budget does not bear
    told: list[Notice] = field(default_factory=list)
    dropped: list[tuple[Notice, str]] = field(default_factory=list)
    broken: list[tuple[Notice, str]] = field(default_factory=list)
    rounds: set[int] = field(default_factory=set)  # whose comments stand in it
    labelled: set[int] = field(default_factory=set)  # drafts whose label stands above comments, so that it stands nowhere else
    twice: set[int] = field(default_factory=set)  # numbers of comments that stand in more than one round of this digest


def write(pen: Pen, notices: list[Notice]) -> tuple[Letter | None, News]:
    """The digest as a letter, or None when nothing is left that the person has not read; and what it holds."""
    news = _gathered(pen, notices)
    if not news.told:
        return None, news
    again = [gettext("New in “%(group)s”, continued", group=pen.group.name)]
    blocks = news.blocks + [block for version_id in news.versions for block in _changes(pen, version_id)]
    sheet = Sheet("digest", _subject(news), _top(pen, news), "digest", pen.group.id, blocks=blocks, again=again)
    sheet.form = pen.person.digest_form
    due = max(notice.due_at for notice in notices)
    if pen.purse and not pen.purse.bears(weight := pen.measured(sheet)[0]):
        sheet = _within_budget(pen, news, sheet)
        if sheet is None:
            return None, news
    if pen.purse:
        pen.purse.spent += weight if not news.later else pen.measured(sheet)[0]
    letter = pen.post(sheet, f"digest:{pen.person.id}:{pen.group.id}:{due.isoformat()}:{notices[0].id}")
    if letter is not None:
        kept.told_in_full(pen, letter, news.read)
    return letter, news


def _within_budget(pen: Pen, news: News, sheet: Sheet) -> Sheet | None:
    """As many comments in full as the budget bears and the others as a list; None when it does not even bear the list. What did not come
    in full comes at the month's turn, unless the person has read it by then."""
    entries, whole = news.blocks, sheet.blocks
    for count in (len(entries) * 3 // 4, len(entries) // 2, len(entries) // 4, 0):
        sheet.blocks = [*entries[:count], *budget.in_short(entries[count:], pen)]
        sheet.form = "plain" if count < len(entries) else sheet.form
        if pen.purse.bears(pen.measured(sheet)[0]):
            break
    else:
        sheet.blocks, count = whole, 0
    fits = sheet.blocks is not whole
    kept = {id(notice) for of in news.of[:count] for notice in of} if fits else set()
    news.later = [notice for notice in news.told if id(notice) not in kept]
    news.told = [notice for notice in news.told if id(notice) in kept]
    news.read = [number for number in news.read if number in {entry.about.comment for entry in entries[:count]}] if fits else []
    return sheet if fits else None


def _top(pen: Pen, news: News) -> list[str]:
    versions = [pen.shelf.version(version_id) for version_id in news.versions]
    rounds = [asked for asked in review_queries.open_rounds_of(pen.person.id, pen.now) if asked.group_id == pen.group.id]
    example = next((block.about for block in news.blocks if isinstance(block, Entry)), None)
    apart = pen.person.digest_form != "plain"
    many = {"responses": news.responses, "entered": news.entered}
    drafts = {asked.version.draft for asked in (pen.shelf.round(number) for number in news.rounds)} if apart else set()
    labels = sorted({label(draft) for draft in drafts - {version.draft for version in versions}} - {""})
    labelled = set() if apart else news.labelled
    return pen.words(
        "alerts/digest", versions=versions, rounds=rounds, example=example, apart=apart, labelled=labelled, labels=labels, **many
    )


def _changes(pen: Pen, version_id: int) -> list[str]:
    """What a new version changed; in the forms that hold messages it is one of them."""
    version = pen.shelf.version(version_id)
    told = groupletters.news_of(pen, version)
    if not told or pen.person.digest_form == "plain":
        return told
    name = f"version-{version.id}@{current_app.config['MAIL_DOMAIN']}"
    about = About(pen.short, version.published_at, told[0].rstrip(":"), name, address=f"consult@{current_app.config['MAIL_DOMAIN']}")
    return [Entry.of("\n\n".join(told), about)]


def _subject(news: News) -> str:
    if {notice.event.kind for notice in news.told} == {"response.given"}:
        return ngettext("Response to one comment", "Responses to %(num)s comments", news.shown)
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
    news.twice = {number for number, count in Counter(row.number for row, _ in shown).items() if count > 1}
    before = None
    for row, about in sorted(shown, key=lambda pair: pair[0].round_id):
        before = _add(pen, news, row, about, before)
    return news


def _add(pen: Pen, news: News, row, notices: list[Notice], before) -> tuple | None:
    """One comment with its thread; `before` is the round and paragraph that stand above, which are not said again."""
    try:
        entry = _entry(pen, news, row, notices)
        head = _head(pen, news, row, before) if entry else []
    except BROKEN as error:
        news.broken += [(notice, said(error)) for notice in notices]
        return before
    if not entry:
        news.dropped += [(notice, GONE if row.withdrawn_at else READ) for notice in notices]
        return before
    news.shown += 1
    news.rounds.add(row.round_id)
    news.blocks.append(_put(pen, news, row, head, entry, notices))
    news.of.append(notices)
    news.told += notices
    if _in_full(pen, row, notices):
        news.read.append(row.id)
    return row.round_id, row.paragraph_id


def _put(pen: Pen, news: News, row, head: list[str], entry: list[str], notices: list[Notice]) -> Entry:
    """The entry as its form asks: for small screens below its paragraph, else a message with headers and a reply address of its own."""
    number, domain = _number(news, row), current_app.config["MAIL_DOMAIN"]
    if pen.person.digest_form == "plain":
        alike = ("put", row, number, tuple(head), tuple(entry))
        return pen.shelf.once(alike, lambda: _plain(row, number, head, entry, domain))
    asked = pen.shelf.round(row.round_id)
    place = entries.beginning(pen.material.paragraphs.get(row.paragraph_id))
    first = f"comment-{row.id}@{domain}"
    about = {"comment": row.id, "number": row.number, "round": row.round_id, "who": entries.who(row), "at": row.received_at}
    key = pen.key("comment", row.id, asked.closes_at)
    about |= {"key": key, "address": outbox.address_of(key), "shown": number}
    about |= {"mark": f"[{row.mark}] " if row.mark is not None else "", "words": entry[1]}
    about |= {"subject": _about(row, entry[0]), "name": first}
    if not _in_full(pen, row, notices):
        last = max(notice.event.id for notice in notices)
        about |= {"name": f"event-{last}@{domain}", "follows": first, "at": max(notice.event.at for notice in notices)}
    return Entry.of("\n\n".join([place, *entry[1:]]), About(**about))


def _plain(row, number: str, head: list[str], entry: list[str], domain: str) -> Entry:
    """A comment below its paragraph and its heading, for small screens."""
    words = "\n".join([f"{entry[0]}:", *entry[1:2]])
    about = About(
        entries.who(row), row.received_at, "", f"comment-{row.id}@{domain}", row.id, row.number, row.round_id, above="\n\n".join(head),
        shown=number, mark=f"[{row.mark}] " if row.mark is not None else "", words=entry[1],
    )  # fmt: skip
    return Entry.of("\n\n".join([*head, words, *entry[2:]]), about)


def _about(row, heading: str) -> str:
    mark = f" [{row.mark}]" if row.mark is not None else ""
    return gettext("Comment %(number)s", number=row.number) + mark


def _number(news: News, row) -> str:
    """How a comment is named in this letter: by its number, and by that of the round where two rounds have one of that number."""
    return f"{row.round_id}/{row.number}" if row.number in news.twice else str(row.number)


def _head(pen: Pen, news: News, row, before) -> list[str]:
    """The round and the paragraph, where they are not those of the comment before."""
    asked = pen.shelf.round(row.round_id)
    head = []
    if before is None or before[0] != row.round_id:
        known = asked.version.draft_id in news.labelled
        title = gettext("Comments on “%(title)s”", title=asked.title)
        words = [title.translate(STRAIGHT), "" if known else label(asked.version.draft)]
        head.append("\n".join(filter(None, words)))
        news.labelled.add(asked.version.draft_id)
    if before != (row.round_id, row.paragraph_id):
        head.append(entries.beginning(pen.material.paragraphs.get(row.paragraph_id)))
    return head


def _in_full(pen: Pen, row, notices: list[Notice]) -> bool:
    made = any(notice.event.kind in MADE for notice in notices)
    return made and row.id not in pen.material.read and row.author_id != pen.person.id


def _entry(pen: Pen, news: News, row, notices: list[Notice]) -> list[str]:
    """The comment in full when it is new, in short when only what stands below it is; empty when all of it is withdrawn or read."""
    if row.withdrawn_at:
        return []
    answers = pen.material.answers.get(row.id, [])
    number = _number(news, row)
    if _in_full(pen, row, notices):
        alike = ("in full", language(), row, number, tuple(answers))
        return pen.shelf.once(alike, lambda: _whole(row, number, pen.material.paragraphs.get(row.paragraph_id), answers))
    heading = entries.short_heading(row, number)
    wanted = {notice.event.subject_id for notice in notices if notice.event.kind == "answer.made"}
    below = [entries.answer(each) for each in answers if each.id in wanted and pen.material.unread(row.id, each.received_at, each.door)]
    below += [entries.joined(entries.Joining.of(notice.event)) for notice in notices if notice.event.kind in JOINING]
    responded = any(notice.event.kind == "response.given" for notice in notices) and row.disposition
    if responded and pen.material.unread(row.id, row.responded_at):
        below.append(entries.response(row))
    return [heading, f"“{entries.excerpt(row.text or row.proposed, 2 * entries.SHORT)}”", *below] if below else []


def _whole(row, number: str, paragraph, answers) -> list[str]:
    """A comment with everything below it: the same for everybody who reads this language."""
    response = [entries.response(row)] if row.disposition else []
    return [entries.short_heading(row, number), entries.said(row, paragraph), *map(entries.answer, answers), *response]
