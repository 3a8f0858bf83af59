"""One letter for one comment, answer or response, to those who want to hear at once."""

from collections.abc import Callable

from flask_babel import gettext

from consult.alerts import entries, notices
from consult.alerts.pen import Pen, Sheet, blocks_of
from consult.alerts.shelf import comment_of
from consult.drafts.labels import label
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
    letter = _post(pen, event, row, _comment_words, *pen.material.answers.get(row.id, []))
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
    return _post(pen, event, row, _answer_words, said)


def joined(pen: Pen, event: Event) -> Letter | str | None:
    """Another Party or organization joined the person's comment, or left it."""
    row = pen.material.comments.get(event.subject_id)
    return GONE if row is None or row.withdrawn_at else _post(pen, event, row, _joined_words, entries.Joining.of(event))


def response(pen: Pen, event: Event) -> Letter | str | None:
    """The secretariat's response, as it stands now, below the comment it is to."""
    row = pen.material.comments.get(event.subject_id)
    if row is None or row.withdrawn_at or not row.disposition:
        return GONE
    if not pen.material.unread(row.id, row.responded_at):
        return READ
    return _post(pen, event, row, _response_words)


def _comment_words(row, paragraph, *answers) -> tuple[str, str]:
    heading, *body = entries.thread(row, paragraph, answers)
    return heading, "\n\n".join(body)


def _answer_words(row, paragraph, said) -> tuple[str, str]:
    heading = gettext("%(who)s answered comment %(number)s by %(author)s:", who=said.author, number=row.number, author=row.author)
    return heading, f"{said.text}\n\n{_reminded(row)}"


def _joined_words(row, paragraph, joining) -> tuple[str, str]:
    return entries.joined(joining), f"{entries.comment(row, paragraph)}\n\n{entries.standing(row)}"


def _response_words(row, paragraph) -> tuple[str, str]:
    heading = gettext("The secretariat responded to comment %(number)s by %(author)s:", number=row.number, author=row.author)
    return heading, f"{entries.response(row)}\n\n{_reminded(row)}"


def _reminded(row) -> str:
    """The comment in short, for somebody who has read it before."""
    return gettext("The comment was: “%(words)s”", words=entries.excerpt(row.text or row.proposed))


def _subject(pen: Pen, row) -> str:
    title = entries.excerpt(pen.shelf.round(row.round_id).version.draft.title, 90)
    if row.mark is None:
        return gettext("Comment %(number)s on the whole: %(draft)s", number=row.number, draft=title)
    return gettext("Comment %(number)s on paragraph %(mark)s: %(draft)s", number=row.number, mark=row.mark, draft=title)


def _words(pen: Pen, row, paragraph, words: Callable, said: tuple) -> tuple[str, list[str], list[str]]:
    """The subject, what stands on top, and the blocks below: the same for everybody who reads this language."""
    heading, body = words(row, paragraph, *said)
    below = {"url": pen.address("r", row.round_id, "c", row.number), "label": label(pen.shelf.round(row.round_id).version.draft)}
    return _subject(pen, row), [heading, entries.place(paragraph)], [*blocks_of(body), *pen.words("alerts/remark", **below)]


def _post(pen: Pen, event: Event, row, words: Callable, *said) -> Letter | None:
    asked = pen.shelf.round(row.round_id)
    letters = pen.material.letters
    paragraph = pen.material.paragraphs.get(row.paragraph_id)
    alike = (words, pen.person.language, row, paragraph, said)
    subject, top, blocks = pen.shelf.once(alike, lambda: _words(pen, row, paragraph, words, said))
    sheet = Sheet(
        kind="comment", subject=subject, top=top, blocks=blocks, purpose="comment", about=row.id,
        until=asked.closes_at, follows=letters.get(("comment", row.id)) or letters.get(("round", asked.id), ""),
    )  # fmt: skip
    letter = pen.post(sheet, f"event:{event.id}:{pen.person.id}")
    if letter is not None:
        letters.setdefault(("comment", row.id), letter.message_id)
    return letter
