"""Pure: who has a voice, what a voice must hold, when a question or a poll ends, and what the voices come to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.errors import Refused
from consult.kit.words import N_

KINDS: dict[str, str] = {
    "straw": N_("straw poll"),
    "consensus": N_("consensus call"),
    "silence": N_("silence procedure"),
}
MEANS: dict[str, str] = {
    "straw": N_("It shows where the group stands and decides nothing."),
    "consensus": N_("It is agreed when nobody objects and at least %(quorum)s give their voice."),
    "silence": N_("It is agreed when nobody objects by the deadline and the question has reached at least %(quorum)s."),
}
CHOICES: dict[str, str] = {
    "agree": N_("agree"),
    "can-live-with": N_("can live with it"),
    "object": N_("object"),
    "abstain": N_("abstain"),
}
OUTCOMES: dict[str, str] = {
    "agreed": N_("agreed"),
    "not-agreed": N_("not agreed"),
    "no-quorum": N_("no quorum"),
    "shown": N_("closed"),
}
STATES: dict[str, str] = {"open": N_("open"), "closed": N_("closed")}
VOICES = frozenset({"chair", "co-chair", "member", "alternate"})
"""The roles whose voice counts; that of an observer is shown apart."""
LONGEST = 20_000
MOST_QUESTIONS = 40
LONGEST_QUESTION = 2_000


@dataclass(frozen=True)
class Tally:
    """How many chose what, among those whose voice counts and apart from them; how many spoke, were reached, and could have spoken."""

    counted: dict[str, int]
    apart: dict[str, int]
    reached: int
    voices: int

    @property
    def spoken(self) -> int:
        """How many gave a voice that counts, abstentions too."""
        return sum(self.counted.values())


def standing(roles: Collection[str]) -> str:
    """`counts` for a member of the group, `apart` for an observer, empty for anybody else, officers too: they serve the group."""
    if VOICES & set(roles):
        return "counts"
    return "apart" if "observer" in roles else ""


def state(closes_at: datetime, closed_at: datetime | None, now: datetime) -> str:
    """`open` until the deadline passes or somebody closes it, then `closed`."""
    return "closed" if closed_at is not None or now > closes_at else "open"


def check_poll(kind: str, title: str, quorum: int, voices: int, closes_at: datetime, now: datetime) -> None:
    """A poll has a kind, a question, a deadline ahead, and a quorum that the group can reach."""
    if kind not in KINDS:
        raise Refused(N_("Choose a straw poll, a consensus call or a silence procedure."))
    if not title.strip():
        raise Refused(N_("Write what is asked, in one line."))
    if closes_at < now + timedelta(minutes=1):
        raise Refused(N_("The deadline lies in the past. Choose a later one."))
    if not voices:
        raise Refused(N_("Nobody in the group has a voice yet. Add members first."))
    if kind == "straw":
        return
    if quorum < 1:
        raise Refused(N_("A consensus call and a silence procedure need a quorum of at least 1."))
    if quorum > voices:
        raise Refused(N_("The quorum is %(quorum)s, but only %(voices)s have a voice in the group."), quorum=quorum, voices=voices)


def check_voice(choice: str, reason: str, standing: str, state: str) -> None:
    """Members and observers give their voice while the poll is open; whoever objects says why."""
    if not standing:
        raise Refused(N_("Only members and observers of the group have a voice in its polls."))
    if state == "closed":
        raise Refused(N_("This poll is closed, so your voice was not taken. Write to the secretariat if it should still be considered."))
    if choice not in CHOICES:
        raise Refused(N_("Choose one: agree, can live with it, object, or abstain."))
    if choice == "object" and not reason.strip():
        raise Refused(N_("You object: please say why. Nobody can meet an objection without its reason."))
    if len(reason) > LONGEST:
        raise Refused(N_("The reason has %(length)s characters; it can have %(limit)s."), length=len(reason), limit=LONGEST)


def check_may_take_back(has_voice: bool, state: str) -> None:
    """A voice is taken back until the poll closes."""
    if not has_voice:
        raise Refused(N_("You have no voice in this poll that could be taken back."))
    if state == "closed":
        raise Refused(N_("This poll is closed: voices can no longer be taken back."))


def check_may_close(kind: str, state: str, closed: bool, objections: int) -> None:
    """A poll is closed once. Silence speaks only when its time is over; before, an objection ends it."""
    if closed:
        raise Refused(N_("This poll is closed already."))
    if kind == "silence" and state == "open" and not objections:
        raise Refused(N_("A silence procedure lasts until its deadline. It can be closed before only when somebody has objected."))


def tally(votes: Iterable[tuple[int, str]], standings: dict[int, str], reached: Collection[int] = ()) -> Tally:
    """Count (person, choice) pairs. `standings`: by person, as `standing` says; `reached`: the people the question has reached."""
    sums = {"counts": dict.fromkeys(CHOICES, 0), "apart": dict.fromkeys(CHOICES, 0)}
    spoke = set()
    for person, choice in votes:
        where = standings.get(person, "")
        if where:
            sums[where][choice] += 1
            spoke.add(person)
    voices = {person for person, where in standings.items() if where == "counts"}
    return Tally(sums["counts"], sums["apart"], len(voices & (set(reached) | spoke)), len(voices))


def outcome(kind: str, counted: Tally, quorum: int) -> str:
    """What the voices come to when the poll closes: an objection decides, then the quorum."""
    if kind == "straw":
        return "shown"
    if counted.counted["object"]:
        return "not-agreed"
    present = counted.reached if kind == "silence" else counted.spoken
    return "agreed" if present >= quorum else "no-quorum"


def questions(text: str) -> list[str]:
    """The guiding questions of a text, one a paragraph; too many or too long ones are refused."""
    found = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    if len(found) > MOST_QUESTIONS:
        raise Refused(N_("These are %(count)s questions; a round can have %(limit)s."), count=len(found), limit=MOST_QUESTIONS)
    for number, question in enumerate(found, 1):
        if len(question) > LONGEST_QUESTION:
            raise Refused(N_("Question %(number)s has more than %(limit)s characters."), number=number, limit=LONGEST_QUESTION)
    return found


def check_may_write(answered: bool, round_state: str) -> None:
    """Questions are written and changed until somebody has answered one, or the round has closed."""
    if answered:
        raise Refused(N_("Somebody has answered already, so the questions stand as they are: answers must not change their question."))
    if round_state == "closed":
        raise Refused(N_("The round is closed: nobody could answer any more."))


def check_may_answer(round_state: str, invited: bool, manages: bool) -> None:
    """Those who were asked for comments answer the questions while the round is open; officers enter what came by another way."""
    if round_state == "planned" and not manages:
        raise Refused(N_("This round has not opened yet. Your answer was not entered; please send it again once the round is open."))
    if not invited and not manages:
        raise Refused(N_("This round asks other people. Write to the secretariat if you think you should be among them."))
    if round_state == "closed" and not manages:
        raise Refused(
            N_("This round is closed, so the answer was not entered. Write to the secretariat if it should still be taken into account.")
        )


def check_answer(text: str) -> None:
    """An answer says something, and not too much."""
    if not text.strip():
        raise Refused(N_("The answer is empty."))
    if len(text) > LONGEST:
        raise Refused(N_("The answer has %(length)s characters; it can have %(limit)s."), length=len(text), limit=LONGEST)
