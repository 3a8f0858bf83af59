"""ATTEND, APOLOGIES and ALTERNATE, answered to a letter about a meeting: by a word, or by what a calendar sends."""

from collections.abc import Iterable

from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, receipts, rules
from consult.inbox.message import Attachment
from consult.inbox.models import Arrival
from consult.inbox.reading import sanitised
from consult.inbox.results import Result, Waits
from consult.inbox.unwrapping import unwrapped
from consult.kit.words import N_
from consult.meetings import actions as meetings
from consult.meetings import calendar, queries, showing, words
from consult.meetings import rules as meeting_rules
from consult.meetings.models import Meeting
from consult.outbox import actions as outbox
from consult.people import queries as people
from consult.people.models import Group, Person

NO_WORD = N_(
    "It could not be read as an answer to the invitation. Answer again with one of these alone on the first line: %(words)s. After the "
    "second you can write why, after the third who comes in your place."
)
PERHAPS = N_("Your calendar answered neither yes nor no. Reply with one of these alone on the first line: %(words)s.")
NO_SENDER = N_("Nobody here has the address it came from, so it was noted for no meeting.")
NO_MEETING = N_("No meeting of %(name)s is to come, so it was noted for none.")
APOLOGY = N_("It is noted as the apologies of %(name)s for “%(title)s”.")
NO_NAME = N_("Say who comes in your place: ALTERNATE, a colon, and the name.")


def carry_out(reply) -> Result:
    """Enter the answer, or with UNDO take it back; raises Refused where nobody can say which answer it is."""
    to = db.session.get(Meeting, reply.key.subject_id)
    if to is None:
        raise Waits(N_("What it answers is not there any more."))
    act = {"by": reply.person, "door": "mail", "at": reply.arrival.received_at}
    if rules.wants_undo(reply.own):
        meetings.take_back(to, **act)
        return _result(to, "unanswer")
    said = _said(reply, to)
    made = meetings.answer(to, said.answer, said.rest, alternate=said.alternate, verified=reply.arrival.verified, **act)
    return _result(to, made.answer)


def _result(to: Meeting, type: str) -> Result:
    return Result("taken", understood=[{"type": type, "id": to.id, "mark": ""}], receipt=lambda *about: _receipt(to, *about))


def _said(reply, to: Meeting) -> words.Said:
    """The word on the first line; where there is none, what the calendar answered."""
    found = words.said(reply.own)
    if found is not None:
        return words.Said(found.answer, found.alternate, reason(found.rest, reply.person))
    asked = ", ".join(words.named(reply.person.language).values())
    sent = of_calendar(reply.mail.attachments, to.uid)
    if sent is None:
        raise Refused(NO_WORD, words=asked)
    if not sent.answer:
        raise Refused(PERHAPS, words=asked)
    if sent.answer == "alternate":
        raise Refused(NO_NAME)
    return words.Said(sent.answer, "", sanitised(sent.comment))


def reason(below: str, person: Person) -> str:
    """What stands below the word, without greeting and name."""
    return sanitised(unwrapped(courtesies.unsigned(f"\n{below}", person.name).strip()))[: meeting_rules.LONGEST_REASON]


def of_calendar(attachments: Iterable[Attachment], uid: str = "") -> calendar.Reply | None:
    """What a calendar answers in one of these files; with `uid` only to the meeting that calendars know by it."""
    for file in attachments:
        if file.type.startswith("text/calendar") or file.name.lower().endswith(".ics"):
            found = calendar.reply(file.content)
            if found is not None and uid in ("", found.uid):
                return found
    return None


def _receipt(to: Meeting, arrival: Arrival, person: Person) -> None:
    """What stands now, and how it can be changed. An answer to this letter is another answer to the invitation."""
    if not person.receipts:
        return
    group, own = db.session.get_one(Group, to.group_id), queries.attendance(to.id, person.id)
    with force_locale(person.language):
        key = outbox.new_key(person, "meeting", to.id, group_id=group.id)
        answered = own is not None and own.answer != "invited"
        subject = gettext("Your answer is taken back – %(title)s", title=to.title)
        if answered:
            subject = gettext("Your answer: %(answer)s – %(title)s", answer=gettext(meeting_rules.ANSWERS[own.answer]), title=to.title)
        receipts.Back(arrival, person, group.name, [key]).post(
            "receipt", subject, "attending", once=f"receipt:{arrival.digest}", meeting=to, own=own if answered else None,
            when=showing.span_words(to), answers=meeting_rules.ANSWERS, words=words.named(person.language), verified=arrival.verified,
        )  # fmt: skip


def sorted_as_apology(arrival: Arrival, by: Person) -> str:
    """A stray letter that an officer says is an apology: it is noted for the next meeting of its sender, where that can be told."""
    person = arrival.person
    if person is None:
        return NO_SENDER
    coming = [each for each in queries.coming_for(person, arrival.received_at) if people.may(by, "meeting.manage", each.group_id)]
    if not coming:
        return NO_MEETING % {"name": person.name}
    words = reason(arrival.own_text, person)
    meetings.answer(coming[0], "apologies", words, on_behalf=person, verified=arrival.verified, by=by, door="mail", at=arrival.received_at)
    return APOLOGY % {"name": person.name, "title": coming[0].title}
