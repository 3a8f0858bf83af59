"""The letters about a meeting: the invitation, what changed, that it is cancelled, and a word to those who have not answered."""

from flask import current_app
from flask_babel import gettext

from consult.alerts import groupletters
from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.drafts import openings
from consult.drafts import queries as drafts
from consult.drafts.models import Draft
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.kit.text import size
from consult.meetings import queries, rules, showing, words
from consult.meetings.models import Attendance, Meeting
from consult.outbox.attaching import Attached
from consult.outbox.models import Letter
from consult.web.filters import day_words, instant_words
from consult.web.locale import language

OVER = "it was cancelled, or is over"
ANSWERED = "it is answered meanwhile"
CALENDAR_WEIGHT = 3_000
CALENDAR = "text/calendar; method={}; charset=utf-8"


def invitation(pen: Pen, event: Event) -> Letter | str | None:
    """Everything one needs to decide and to come: when, where, the provisional agenda, the documents; and the words that answer it."""
    of = _meeting(pen, event)
    if of.state != "announced":
        return OVER
    subject = gettext("Invitation, %(day)s: %(title)s", day=_day(of), title=excerpt(of.title, 90))
    return _post(pen, event, "meeting", subject, "alerts/meeting", "REQUEST")


def changed(pen: Pen, event: Event) -> Letter | str | None:
    """What is new, beside what it was; the answer that one gave stands until one answers again."""
    of = _meeting(pen, event)
    if of.state != "announced":
        return OVER
    subject = gettext("Changed, now %(day)s: %(title)s", day=_day(of), title=excerpt(of.title, 90))
    changes = _changes(pen, of, event)
    return _post(pen, event, "meeting change", subject, "alerts/meeting-changed", "REQUEST", changes=changes, reason=event.data["reason"])


def cancelled(pen: Pen, event: Event) -> Letter | str | None:
    """It does not take place, and why."""
    of = _meeting(pen, event)
    subject = gettext("Cancelled: %(title)s", title=excerpt(of.title, 90))
    return _post(pen, event, "meeting cancelled", subject, "alerts/meeting-cancelled", "CANCEL", reason=event.data["reason"])


def reminder(pen: Pen, event: Event) -> Letter | str | None:
    """The invitation once more, to whoever has not answered."""
    of = _meeting(pen, event)
    if of.state != "announced" or of.starts_at <= pen.now:
        return OVER
    own = queries.attendance(of.id, pen.person.id)
    if own is None or own.answer != "invited":
        return ANSWERED
    subject = gettext("Will you attend? %(day)s: %(title)s", day=_day(of), title=excerpt(of.title, 90))
    return _post(pen, event, "meeting reminder", subject, "alerts/meeting-reminder", "")


def documents(pen: Pen, event: Event) -> Letter | str | None:
    """Which documents there are, how large each is, and the line that fetches it."""
    of = _meeting(pen, event)
    if of.state == "cancelled":
        return OVER
    subject = gettext("Documents: %(title)s", title=excerpt(of.title, 90))
    return _post(pen, event, "documents", subject, "alerts/documents", "")


def issued(pen: Pen, event: Event) -> Letter | None:
    """A text that may be cited from now on; the adopted report of a meeting comes whole, to everybody."""
    of = pen.shelf.once(("report of", event.subject_id), lambda: queries.report_of(event.subject_id))
    if of is None:
        return groupletters.issued(pen, event)
    draft = db.session.get_one(Draft, event.subject_id)
    version = drafts.published(draft, event.data["number"])
    sheet = Sheet("adopted", gettext("Adopted: %(title)s", title=excerpt(draft.title, 90)), [], "text", version.id)
    sheet.follows = queries.first_letter(pen.person.id, of.id)
    sheet.top = pen.words("alerts/adopted", meeting=of, draft=draft, version=version, symbol=queries.report(of).symbol)
    sheet.again, sheet.blocks = [draft.title], pen.shelf.text(version.id)
    openings.opened(version, pen.person, "mail", pen.now)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _post(pen: Pen, event: Event, kind: str, subject: str, template: str, method: str, **more: object) -> Letter | None:
    of, own = _meeting(pen, event), queries.attendance(event.subject_id, pen.person.id)
    sheet = Sheet(kind=kind, subject=subject, top=[], purpose="meeting", about=of.id, until=of.ends_at)
    sheet.follows = queries.first_letter(pen.person.id, of.id)
    listed = pen.shelf.once(("documents", of.id), lambda: queries.shelf(of))
    answer = gettext(rules.ANSWERS[own.answer]) if own is not None and own.answer != "invited" else ""
    sheet.top = pen.words(
        template, meeting=of, kind=gettext(rules.KINDS[of.kind]), when=_when(pen, of), items=of.items, documents=listed, size=size,
        natures=rules.NATURES, words=words.named(language()), answer=answer, officers=pen.shelf.officers(of.group_id),
        languages=showing.language_names(of),
        desk=f"consult@{current_app.config['MAIL_DOMAIN']}", **more,
    )  # fmt: skip
    if method and _takes_calendars(pen):
        sheet.along, sheet.weight = (lambda address: [_calendar(pen, of, own, address, method)]), CALENDAR_WEIGHT
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _meeting(pen: Pen, event: Event) -> Meeting:
    return pen.shelf.once(("meeting", event.subject_id), lambda: db.session.get_one(Meeting, event.subject_id))


def _day(of: Meeting) -> str:
    return day_words(of.starts_at.astimezone(clock.zone(of.zone)).date())


def _when(pen: Pen, of: Meeting) -> list[str]:
    """From when to when, by the clock of the place, and each moment once more by the reader's clock and in UTC."""
    lines = [showing.span_words(of)]
    if of.kind != "correspondence":
        for zone in dict.fromkeys((pen.person.zone, "UTC")):
            if zone != of.zone:
                lines.append(f"= {instant_words(of.starts_at, zone)}")
    return lines


def _changes(pen: Pen, of: Meeting, event: Event) -> list[tuple[str, str, str]]:
    """(what, as it was, as it is), in the reader's words."""
    return [(gettext(name), before, now) for name, before, now in showing.changes(of, event.data["before"])]


def _takes_calendars(pen: Pen) -> bool:
    """A calendar entry travels along with the letters of whoever has more than e-mail, or lets small files come."""
    return pen.person.attachments == "under" or pen.person.means == "page" and pen.person.attachments != "none"


def _calendar(pen: Pen, of: Meeting, own: Attendance | None, address: str, method: str) -> Attached:
    data = showing.calendar_of(
        [
            showing.entry(
                of,
                url=pen.address("meetings", of.id),
                made_at=pen.now,
                organizer=address,
                organizer_name=pen.short,
                attendee=pen.person,
                own=own,
            )
        ],
        method,
    )
    return Attached("meeting.ics", CALENDAR.format(method), data)
