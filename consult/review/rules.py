"""Pure: who may comment when, what a comment must hold, and why not."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from consult.errors import Refused
from consult.kit.words import N_, Words

TYPES: dict[str, str] = {
    "general": N_("general"),
    "substantive": N_("substantive"),
    "technical": N_("technical"),
    "editorial": N_("editorial"),
    "translation": N_("translation"),
}
DISPOSITIONS: dict[str, str] = {
    "accepted": N_("accepted"),
    "accepted-in-part": N_("accepted in part"),
    "accepted-with-modification": N_("accepted with modification"),
    "not-accepted": N_("not accepted"),
    "noted": N_("noted"),
    "clarification-needed": N_("clarification needed"),
}
ANY = N_("any")
PLACES: dict[str, str] = {
    "placed": N_("on the same paragraph"),
    "moved": N_("moved with its paragraph"),
    "changed": N_("the paragraph changed below it"),
    "orphaned": N_("its paragraph is gone"),
}
CAME_BY: dict[str, str] = {
    "page": N_("just now, typed in here"),
    "fax": N_("a fax"),
    "phone": N_("a telephone call"),
    "paper": N_("a letter on paper"),
    "meeting": N_("a meeting"),
}  # how a comment came that an officer enters for somebody
CONSENTS: dict[str, str] = {
    "named": N_("with the author's name"),
    "unnamed": N_("without the author's name"),
    "withheld": N_("not shown, only counted"),
}  # how a comment stands in the published compilation
LONGEST_COMMENT = 20_000
BETWEEN_REMINDERS = timedelta(hours=1)
# Line ends inside a paragraph: Chinese and Japanese join without a blank, other scripts with one.
_BETWEEN_CHARACTERS = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n(?!\n)[ \t]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BETWEEN_WORDS = re.compile(r"(?<!\n)[ \t]*\n(?!\n)[ \t]*")


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """A round must close after it opens, and not in the past."""
    if closes_at <= now:
        raise Refused(N_("The closing date lies in the past. Choose a later one."))
    if closes_at < opens_at + timedelta(minutes=1):
        raise Refused(N_("The round would close before it opens. Choose a later closing date."))


def state(opens_at: datetime, closes_at: datetime, closed_at: datetime | None, now: datetime) -> str:
    """`planned`, `open` or `closed` at the moment `now`, as the clock and the officer say."""
    if closed_at is not None and now >= closed_at or now > closes_at:
        return "closed"
    return "planned" if now < opens_at else "open"


def check_may_comment(round_state: str, invited: bool, manages: bool) -> None:
    """Invited people comment while the round is open; officers may also enter what came by another way."""
    if round_state == "planned" and not manages:
        raise Refused(N_("This round has not opened yet. Your comment was not entered; please send it again once the round is open."))
    if not invited and not manages:
        raise Refused(N_("This round asks other people for comments. Write to the secretariat if you think you should be among them."))
    if round_state == "closed" and not manages:
        raise Refused(
            N_("This round is closed, so the comment was not entered. Write to the secretariat if it should still be taken into account.")
        )


LATE_MAIL = {
    "never": N_("not taken"),
    "dated": N_("taken for some days if it was written in time"),
    "always": N_("taken until the compilation is published"),
}
MOST_LATE_DAYS = 60


def late_mail(policy: str, days: int) -> tuple[str, int]:
    """What becomes of mail after the deadline, as officers choose it."""
    if policy not in LATE_MAIL:
        raise Refused(N_("Choose what becomes of mail that comes after the deadline."))
    if not 0 <= days <= MOST_LATE_DAYS:
        raise Refused(N_("Mail that was written in time is taken for 0 to %(most)s days."), most=MOST_LATE_DAYS)
    return policy, days


def takes_late_mail(policy: str, days: int, deadline: datetime, compiled: bool, written_at: datetime | None, now: datetime) -> bool:
    """Whether a mail still counts that comes after the deadline: by when it was written, or whenever, until the compilation."""
    if compiled or policy == "never":
        return False
    in_time = written_at is not None and written_at <= deadline and now <= deadline + timedelta(days=days)
    return policy == "always" or in_time


def check_may_change(round_state: str, is_author: bool, withdrawn: bool, manages: bool) -> None:
    """Authors edit and withdraw what they said until the round closes."""
    if withdrawn:
        raise Refused(N_("This comment was withdrawn and cannot be changed any more."))
    if not is_author and not manages:
        raise Refused(N_("Only its author can change a comment."))
    if round_state == "closed" and not manages:
        raise Refused(
            N_("The round is closed: comments can no longer be changed. You can still answer in the thread if the secretariat asks.")
        )


def check_may_answer(round_state: str, is_author: bool, member: bool, manages: bool) -> None:
    """Members answer each other while the round is open; afterwards the secretariat and the comment's author may go on."""
    if not member and not manages:
        raise Refused(N_("Only members of the group can answer comments."))
    if round_state == "closed" and not (is_author or manages):
        raise Refused(N_("The round is closed: only the comment's author and the secretariat can still answer here."))


def check_received(received_at: datetime, now: datetime) -> None:
    """What is entered for somebody came before it was entered."""
    if received_at > now:
        raise Refused(N_("What is entered now cannot have been received later. Correct when it came."))


def check_may_join(round_state: str, invited: bool, organization: str | None, withdrawn: bool, own: bool) -> None:
    """Whoever was asked for comments joins somebody else's comment for their Party or organization, while the round is open."""
    if withdrawn:
        raise Refused(N_("This comment was withdrawn; there is nothing to join any more."))
    if not invited:
        raise Refused(N_("Only those who were asked for comments in this round can join a comment."))
    if not organization:
        raise Refused(N_("It is not known here for which Party or organization you speak. Ask the secretariat to note it with your name."))
    if own:
        raise Refused(N_("This comment speaks for %(organization)s already."), organization=organization)
    check_may_leave(round_state)


def check_may_leave(round_state: str) -> None:
    """Who stands behind a comment is settled when the round closes."""
    if round_state != "open":
        raise Refused(N_("The round is not open: Parties and organizations can no longer join a comment or leave it."))


def check_words(text: str, proposed: str) -> None:
    """A comment says something, and not too much for one comment."""
    if not text.strip() and not proposed.strip():
        raise Refused(N_("The comment is empty. Write a comment or propose a wording."))
    if len(text) + len(proposed) > LONGEST_COMMENT:
        raise Refused(
            N_("The comment has %(length)s characters; one comment can have %(limit)s. Divide it by paragraph."),
            length=len(text) + len(proposed),
            limit=LONGEST_COMMENT,
        )


def tidied_wording(proposed: str, printed: str, present: str) -> str:
    """A proposed wording as the paragraph would stand: without its printed number, and without a mail's line ends if the text has none."""
    if printed and proposed.startswith(printed):
        proposed = proposed[len(printed) :].lstrip()
    if "\n" in present:
        return proposed
    return _BETWEEN_WORDS.sub(" ", _BETWEEN_CHARACTERS.sub("", proposed))


def check_type(given: str, asked: Collection[str]) -> None:
    """The type must be one of the words, and one of those the round asks for."""
    if given not in TYPES:
        raise Refused(N_("%(type)s is not a type of comment. Choose one of: %(types)s."), type=given, types=Words(TYPES.values()))
    if asked and given not in asked:
        raise Refused(N_("This round asks for %(asked)s comments only."), asked=Words(TYPES[each] for each in asked))


def check_consent(given: str) -> str:
    """How a comment may stand in the published compilation: one of the three ways."""
    if given not in CONSENTS:
        raise Refused(N_("Choose how the comment stands in the compilation: %(ways)s."), ways=Words(CONSENTS.values()))
    return given


def check_may_consent(is_author: bool, withdrawn: bool, manages: bool) -> None:
    """Authors say at any time, also after the round, how their words are published; officers enter it for them."""
    if withdrawn:
        raise Refused(N_("This comment was withdrawn: it does not stand in the compilation."))
    if not is_author and not manages:
        raise Refused(N_("Only its author decides how a comment stands in the compilation."))


def check_extension(closes_at: datetime, new: datetime, now: datetime, reason: str) -> None:
    """An extension is later than the deadline it replaces, and says why."""
    if new <= closes_at or new <= now:
        raise Refused(N_("An extension must be later than the present deadline and lie in the future."))
    if not reason.strip():
        raise Refused(N_("Say why the round is extended; everybody invited will read it."))


def check_reminders(last: Mapping[str, datetime | None], now: datetime) -> None:
    """Nobody is reminded twice within an hour. `last`: when each person, by name, was reminded last."""
    soon = [name for name, at in last.items() if at is not None and now - at < BETWEEN_REMINDERS]
    if soon:
        raise Refused(N_("%(names)s: reminded less than an hour ago. Leave them out, or wait."), names=", ".join(soon))


LONGEST_SCHEDULE, FARTHEST_REMINDER, LATEST_REMINDER = 6, 60, 14
BETWEEN_SCHEDULED = timedelta(hours=20)


def reminder_days(days: Iterable[int]) -> list[int]:
    """A schedule of reminders in the order in which they come: days before the deadline, below 0 after it."""
    found = sorted(set(days), reverse=True)
    if len(found) > LONGEST_SCHEDULE or any(not -LATEST_REMINDER <= day <= FARTHEST_REMINDER for day in found):
        raise Refused(
            N_("Reminders go out on at most %(most)s days, from %(before)s days before the deadline to %(after)s days after it."),
            most=LONGEST_SCHEDULE, before=FARTHEST_REMINDER, after=LATEST_REMINDER,
        )  # fmt: skip
    return found


def days_typed(text: str) -> list[int]:
    """Days as people type them: `7, 2, -1`."""
    typed = re.split(r"[\s,;、，；]+", text.strip())
    try:
        return reminder_days(int(each) for each in typed if each)
    except ValueError:
        raise Refused(N_("Write the days before the deadline as numbers, such as 7, 2. A day after the deadline is -1.")) from None


def reminders_come(days: list[int], closes_at: datetime, now: datetime) -> tuple[int, bool]:
    """(how many reminders of the schedule have come by now, whether that was the last)."""
    come = sum(closes_at - timedelta(days=day) <= now for day in days)
    return come, come == len(days)


def rested(reminded_at: datetime | None, now: datetime) -> bool:
    """Nobody is reminded by schedule on the day on which an officer did it."""
    return reminded_at is None or now - reminded_at >= BETWEEN_SCHEDULED


def check_may_answer_invitation(round_state: str, invited: bool) -> None:
    """Whoever was asked says whether they will comment, until the round closes."""
    if not invited:
        raise Refused(N_("You were not asked in this round."))
    if round_state == "closed":
        raise Refused(N_("This round is closed: the invitation needs no answer any more."))
