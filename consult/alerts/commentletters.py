"""One letter for one comment, answer or response, to those who want to hear at once."""

from flask_babel import gettext

from consult.alerts import entries, notices
from consult.alerts.pen import Pen, Sheet, blocks_of
from consult.alerts.shelf import comment_of
from consult.journal.models import Event
from consult.outbox.models import Letter

GONE = "withdrawn meanwhile"
READ = "read already"


def comment(pen: Pen, event: Event) -> Letter | str | None:
    """The whole comment with what stands below it; a reason instead where there is nothing left to tell."""
    row = pen.material.comments.get(event.subject_id)
    if row is None or row.withdrawn_at:
        return GONE
    if row.id in pen.material.read:
        return READ
    paragraph = pen.material.paragraphs.get(row.paragraph_id)
    heading, *body = entries.thread(row, paragraph, pen.material.answers.get(row.id, []))
    letter = _post(pen, event, row, heading, "\n\n".join(body), _subject(pen, row))
    if letter:
        notices.told_in_full(pen, letter, [row.id])
        pen.material.read[row.id] = pen.now
    return letter


def answer(pen: Pen, event: Event) -> Letter | str | None:
    """One answer, below the comment it answers."""
    row = pen.material.comments.get(comment_of(event))
    said = next((each for each in pen.material.answers.get(row.id, []) if each.id == event.subject_id), None) if row else None
    if said is None or row.withdrawn_at:
        return GONE
    if not pen.material.unread(row.id, said.received_at, said.door):
        return READ
    heading = gettext("%(who)s answered comment %(number)s by %(author)s:", who=said.author, number=row.number, author=row.author)
    return _post(pen, event, row, heading, f"{said.text}\n\n{_reminded(row)}", _subject(pen, row))


def response(pen: Pen, event: Event) -> Letter | str | None:
    """The secretariat's response, as it stands now, below the comment it is to."""
    row = pen.material.comments.get(event.subject_id)
    if row is None or row.withdrawn_at or not row.disposition:
        return GONE
    if not pen.material.unread(row.id, row.responded_at):
        return READ
    heading = gettext("The secretariat responded to comment %(number)s by %(author)s:", number=row.number, author=row.author)
    return _post(pen, event, row, heading, f"{entries.response(row)}\n\n{_reminded(row)}", _subject(pen, row))


def _reminded(row) -> str:
    """The comment in short, for somebody who has read it before."""
    return gettext("The comment was: “%(words)s”", words=entries.excerpt(row.text or row.proposed))


def _subject(pen: Pen, row) -> str:
    title = entries.excerpt(pen.shelf.round(row.round_id).version.draft.title, 90)
    if row.mark is None:
        return gettext("Comment %(number)s on the whole: %(draft)s", number=row.number, draft=title)
    return gettext("Comment %(number)s on paragraph %(mark)s: %(draft)s", number=row.number, mark=row.mark, draft=title)


def _post(pen: Pen, event: Event, row, heading: str, body: str, subject: str) -> Letter | None:
    asked = pen.shelf.round(row.round_id)
    letters = pen.material.letters
    url = pen.address("r", asked.id, "c", row.number)
    place = entries.place(pen.material.paragraphs.get(row.paragraph_id))
    sheet = Sheet(
        kind="comment", subject=subject, top=[heading, place], blocks=[*blocks_of(body), *pen.words("alerts/remark", url=url)],
        purpose="comment", about=row.id,
        until=asked.closes_at, follows=letters.get(("comment", row.id)) or letters.get(("round", asked.id), ""),
    )  # fmt: skip
    letter = pen.post(sheet, f"event:{event.id}:{pen.person.id}")
    if letter is not None:
        letters.setdefault(("comment", row.id), letter.message_id)
    return letter
