"""A meeting for somebody with only e-mail: invited, answering by word, calendar or command, reading the report, commenting on it."""

import email
import email.policy
from datetime import timedelta

import pytest

from consult.extensions import db
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.meetings import queries
from consult.outbox.models import Letter
from consult.tasks.models import Task
from tests import make
from tests.inbox import letters
from tests.meetings.conftest import post, replies, whole


def own(hall, who):
    db.session.expire_all()
    return queries.attendance(hall.meeting.id, who.id)


def receipt(who) -> Letter:
    return db.session.scalars(
        db.select(Letter).where(Letter.person_id == who.id, Letter.kind == "receipt").order_by(Letter.id.desc())
    ).first()


def test_the_invitation_says_everything_in_plain_text_and_by_each_readers_clock(hall):
    version = make.published(make.draft(hall.group, "Options paper"), by=hall.officer)
    item = hall.meeting.items[2]
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", draft=version.draft, item=item, by=hall.officer, door="page")
    hall.announce()
    (ada,), (ben,) = post(hall.ada, "meeting"), post(hall.ben, "meeting")
    text = ada.text
    assert "Nairobi time" in text and "UTC" in text and "Toronto time" in text
    for said in ("Montreal, ICAO building", "Please bring your warm coat.", "3. Options for technology transfer", "Provisional agenda",
                 "GET UNEP/EGTT/1/2", "Options paper (working document, item 3, ", "  ATTEND\n", "  APOLOGIES (and below it, why)",
                 "English, français"):  # fmt: skip
        assert said in text, said
    assert "First meeting of the expert group" in ada.subject and not post(hall.officer, "meeting")
    with_calendar = whole(ada).decode()
    assert "text/calendar; method=REQUEST" in with_calendar
    assert b"text/calendar" not in whole(ben)  # who has only e-mail and wants links gets no file


@pytest.mark.parametrize(
    ("language", "body", "answer", "reason"),
    [
        ("en", "ATTEND", "attending", ""),
        ("en", "Dear Olga,\n\nI regret that I cannot attend the meeting.\n\nThe boat leaves only on Monday.\n\nBest regards,\nBen",
         "apologies", "The boat leaves only on Monday."),
        ("fr", "Oui, je participe.", "attending", ""),
        ("es", "DISCULPAS: no hay fondos", "apologies", "no hay fondos"),
        ("ru", "Буду участвовать", "attending", ""),
        ("zh", "无法出席\n\n没有经费。", "apologies", "没有经费。"),
        ("ar", "سأحضر", "attending", ""),
        ("en", "No\n\nAnother meeting on that day.", "apologies", "Another meeting on that day."),
    ],
)  # fmt: skip
def test_one_word_in_any_of_six_languages_answers_and_a_receipt_says_what_was_noted(hall, language, body, answer, reason):
    hall.ben.language = language
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    arrival = replies(letter, body, hall.ben)
    assert arrival.state == "taken", arrival.reason
    row = own(hall, hall.ben)
    assert (row.answer, row.reason, row.door) == (answer, reason, "mail")
    assert hall.meeting.title in receipt(hall.ben).subject


def test_a_condition_is_no_yes_and_the_letter_back_names_the_words(hall):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    arrival = replies(letter, "I will attend if the secretariat pays.", hall.ben)
    assert arrival.state == "refused" and own(hall, hall.ben).answer == "invited"
    (back,) = post(hall.ben, "refusal")
    assert "ATTEND, APOLOGIES, ALTERNATE" in back.text and "if the secretariat pays" in back.text


def test_undo_and_second_thoughts_and_an_alternate_by_answering_the_receipt(hall):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    replies(letter, "ATTEND", hall.ben, "a")
    replies(receipt(hall.ben), "UNDO", hall.ben, "b")
    assert own(hall, hall.ben).answer == "invited" and "We do not know now" in receipt(hall.ben).text
    replies(receipt(hall.ben), "ALTERNATE: Dr Sina Taufa\n\nShe was there last year.", hall.ben, "c")
    row = own(hall, hall.ben)
    assert (row.answer, row.alternate, row.reason) == ("alternate", "Dr Sina Taufa", "She was there last year.")


CALENDAR = """BEGIN:VCALENDAR
PRODID:-//{program}//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
SEQUENCE:0
ATTENDEE;PARTSTAT={state};CN="Ben, of Tuvalu":mailto:ben@ex
 ample.org
{more}DTSTAMP:20261101T100000Z
END:VEVENT
END:VCALENDAR
"""


def calendar_mail(hall, letter, program: str, state: str, more: str = "", inline: bool = True, body: str = "") -> bytes:
    ics = CALENDAR.format(program=program, uid=hall.meeting.uid, state=state, more=more).replace("\n", "\r\n")
    kind = "multipart/alternative" if inline else "multipart/mixed"
    disposition = "" if inline else 'Content-Disposition: attachment; filename="invite.ics"\r\n'
    return (
        f"From: Ben <{hall.ben.address}>\r\nTo: <{letter.reply_to}>\r\nSubject: Yes\r\nMessage-ID: <{program[:3]}{state}@x.example>\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        f"--b\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n{disposition}\r\n{ics}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("program", "state", "inline", "answer"),
    [("Microsoft Outlook", "ACCEPTED", True, "attending"), ("Google Inc//Google Calendar", "DECLINED", False, "apologies"),
     ("Apple Inc.//Mac OS X", "DECLINED", True, "apologies"), ("Mozilla.org/NONSGML Thunderbird", "ACCEPTED", False, "attending")],
)  # fmt: skip
def test_what_a_calendar_sends_back_is_an_answer(hall, program, state, inline, answer):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    more = "COMMENT:No funds\\, alas\n" if state == "DECLINED" else ""
    arrival = replies(letter, "", hall.ben, raw=calendar_mail(hall, letter, program, state, more, inline))
    assert arrival.state == "taken", arrival.reason
    assert (own(hall, hall.ben).answer, own(hall, hall.ben).reason) == (answer, "No funds, alas" if more else "")


def test_an_answer_that_a_calendar_marks_as_automatic_is_an_answer_all_the_same(hall):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    sent = calendar_mail(hall, letter, "Google", "ACCEPTED").replace(b"MIME-Version", b"Auto-Submitted: auto-generated\r\nMIME-Version", 1)
    assert replies(letter, "", hall.ben, raw=sent).state == "taken" and own(hall, hall.ben).answer == "attending"
    away = letters.mail(letter.reply_to, "I am away.", sender=f"Ben <{hall.ben.address}>", more="Auto-Submitted: auto-replied\n", name="v")
    assert replies(letter, "", hall.ben, raw=away).state == "ignored"


def test_a_calendar_that_says_perhaps_is_asked_again(hall):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    arrival = replies(letter, "", hall.ben, raw=calendar_mail(hall, letter, "Outlook", "TENTATIVE"))
    assert arrival.state == "refused" and own(hall, hall.ben).answer == "invited"


def test_who_has_not_answered_is_reminded_once_a_week_before_and_newcomers_are_invited(hall):
    hall.announce()
    cleo = make.member(hall.group, make.person("Cleo"))
    make.commit()
    meetings.come_due(clock.now())
    make.commit()
    assert len(post(cleo, "meeting")) == 1 and len(post(hall.ada, "meeting")) == 1
    meetings.answer(hall.meeting, "attending", by=hall.ada, door="page")
    hall.meeting.starts_at = clock.now() + timedelta(days=6)
    hall.meeting.announced_at = clock.now() - timedelta(days=20)
    make.commit()
    for _ in range(2):
        meetings.come_due(clock.now())
        make.commit()
    (letter,) = post(hall.ben, "meeting reminder")
    assert "You have not said yet" in letter.text and "  ATTEND\n" in letter.text
    assert letter.headers["In-Reply-To"].strip("<>") == post(hall.ben, "meeting")[0].message_id
    assert not post(hall.ada, "meeting reminder")


def test_changes_and_a_cancellation_reach_everybody_invited_with_what_it_was_before(hall):
    hall.announce()
    post(hall.ada, "meeting")
    meetings.answer(hall.meeting, "attending", by=hall.ada, door="page")
    meetings.change(hall.meeting, "The building is closed.", place="Montreal, Palais des congrès", by=hall.officer, door="page")
    make.commit()
    (letter,) = post(hall.ada, "meeting change")
    assert "Where: Montreal, Palais des congrès" in letter.text and "(before: Montreal, ICAO building)" in letter.text
    assert "The building is closed." in letter.text and "Your answer stands: will attend." in letter.text
    assert "SEQUENCE:1" in letters_calendar(letter)
    meetings.change(hall.meeting, note="Bring two coats.", by=hall.officer, door="page")
    meetings.cancel(hall.meeting, "A storm.", by=hall.officer, door="page")
    make.commit()
    assert len(post(hall.ada, "meeting change")) == 1
    (letter,) = post(hall.ada, "meeting cancelled")
    assert "does not take place" in letter.text and "A storm." in letter.text and "METHOD:CANCEL" in letters_calendar(letter)


def letters_calendar(letter: Letter) -> str:
    for part in email.message_from_bytes(whole(letter), policy=email.policy.default).walk():
        if part.get_content_type() == "text/calendar":
            return part.get_content()
    return ""


def test_invited_apologises_reads_the_report_as_one_who_could_not_come_and_comments_on_it_by_mail(hall, client):
    """What a member with only e-mail does about a meeting, from the invitation to a comment that everybody reads."""
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    replies(letter, "APOLOGIES\n\nMy island has one flight a week.", hall.ben, "m1")
    meetings.answer(hall.meeting, "attending", by=hall.ada, door="page")
    hall.past()
    meetings.mark_presence(hall.meeting, {hall.ada.id, hall.officer.id}, by=hall.officer, door="page")
    report = make.published(
        make.draft(hall.group, "Report of the first meeting"), "1. The meeting was opened.\n\n2. It agreed on two options."
    )
    meetings.circulate_report(hall.meeting, report.draft, closes_at=clock.now() + timedelta(days=14), by=hall.officer, door="page")
    make.commit()
    (to_ben,), (to_ada,), (to_chair,) = post(hall.ben, "opening"), post(hall.ada, "opening"), post(hall.chair, "opening")
    assert "You could not come to this meeting" in to_ben.text and "[2] It agreed on two options." in to_ben.text
    assert "You took part in this meeting" in to_ada.text and "could not come" not in to_ada.text
    assert "You were not at this meeting" in to_chair.text
    arrival = replies(to_ben, "[2] A third option, e-mail, was sent in by me in October.", hall.ben, "m2")
    assert arrival.state == "taken", arrival.reason
    assert queries.report(hall.meeting).symbol == "UNEP/EGTT/1/1"
    tasks = db.session.scalars(db.select(Task)).all()
    assert [(task.kind, task.person_id) for task in tasks] == [("absent", hall.chair.id)]  # neither came nor answered
    assert db.session.scalar(db.select(db.func.count()).select_from(Arrival).where(Arrival.state != "taken")) == 0


def test_who_is_not_in_the_group_and_who_answers_too_late_are_told_so(hall):
    hall.announce()
    (letter,) = post(hall.ben, "meeting")
    hall.past()
    hall.meeting.ends_at = clock.now() - timedelta(days=3)
    make.commit()
    arrival = replies(letter, "ATTEND", hall.ben)
    assert arrival.state == "refused"
    stray = letters.mail("consult@in.consult.test", "ATTEND", sender="Eve <eve@else.example>")
    assert letters.arrives(stray, "consult@in.consult.test", "eve@else.example").state != "taken"
