"""In the example, one expert answers by mail: her real letter, quoted as a mail program quotes, through the real spool and desk."""

from email.message import EmailMessage
from email.utils import format_datetime

from flask import current_app
from sqlalchemy import select

from consult.alerts import actions as alerts
from consult.extensions import db
from consult.inbox import desk, spool
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people.models import Person


def deliver_and_answer(remarks: dict[str, str], name: str) -> None:
    """Write the letters that are due, then answer those of the person of that name: below each mark what she says to it."""
    while alerts.spread(clock.now()):
        pass
    while alerts.write_due(clock.now()):
        pass
    person = db.session.scalar(select(Person).where(Person.name == name))
    for letter in db.session.scalars(select(Letter).where(Letter.person_id == person.id).order_by(Letter.id)).all():
        answer = _answered(letter.text, remarks)
        if answer:
            spool.keep(_message(person, letter, answer), person.address, letter.reply_to, "listen", current_app.config["DATA"])
    db.session.rollback()
    while desk.take_waiting():
        pass


def _answered(text: str, remarks: dict[str, str]) -> str:
    """The letter quoted line by line, each remark below the end of the paragraph it is about; empty unless all of them stand in it."""
    out, due, said = [], "", 0
    for line in [*text.split("\n"), ""]:
        if due and not line.strip():
            out += ["", due, ""]
            due, said = "", said + 1
        out.append(f"> {line}".rstrip())
        due = next((words for mark, words in remarks.items() if line.startswith(f"{mark} ")), due)
    return "\n".join(out) if said == len(remarks) else ""


def _message(person: Person, letter: Letter, body: str) -> bytes:
    message = EmailMessage()
    message["From"] = f"{person.name} <{person.address}>"
    message["To"] = letter.reply_to
    message["Subject"] = f"Re: {letter.subject}"
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<answer-{letter.id}@{person.address.partition('@')[2]}>"
    message["In-Reply-To"] = f"<{letter.message_id}>"
    message.set_content(body)
    return message.as_bytes()
