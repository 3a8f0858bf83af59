"""Pure: who may prepare and publish a response, what it must hold, and when a round is answered."""

from consult.errors import Conflict, Refused
from consult.kit.words import N_, Words
from consult.review.rules import DISPOSITIONS, LONGEST_COMMENT


def check_may_respond(same_round: bool, withdrawn: bool) -> None:
    """A standing comment of the round is answered."""
    if not same_round:
        raise Refused(N_("This comment belongs to another round."))
    if withdrawn:
        raise Refused(N_("This comment was withdrawn; it needs no response."))


def check_response(disposition: str, text: str, turn_seen: int, turn_now: int, see: bool = False) -> None:
    """One of the dispositions; “not accepted” and “clarification needed” need words, here or where `see` leads; nobody overwrites a
    colleague unseen."""
    if disposition not in DISPOSITIONS:
        raise Refused(N_("Choose a disposition: %(all)s."), all=Words(DISPOSITIONS.values()))
    if disposition in ("not-accepted", "clarification-needed") and not text.strip() and not see:
        raise Refused(N_("Write a sentence of explanation: the author will read it."))
    if len(text) > LONGEST_COMMENT:
        raise Refused(N_("The response has %(length)s characters; it can have %(limit)s."), length=len(text), limit=LONGEST_COMMENT)
    if turn_seen != turn_now:
        raise Conflict(N_("A colleague has responded to this comment meanwhile. Read it below; your words are kept in the form."))


def check_see(number: int, own: bool, same_round: bool, withdrawn: bool, points_on: int | None) -> None:
    """“See comment 14” leads to another standing comment of the round, whose own response does not send the reader on."""
    if own:
        raise Refused(N_("A comment cannot be answered by “see comment %(number)s” when it is that comment."), number=number)
    if not same_round or withdrawn:
        raise Refused(N_("“See comment %(number)s” leads nowhere: the comment was withdrawn or belongs to another round."), number=number)
    if points_on:
        raise Refused(N_("Comment %(number)s is itself answered by “see comment …”. Name the one that is answered there."), number=number)


def check_may_propose(leads: bool, own: bool) -> None:
    """Officers and chairs prepare any response, drafters those they were given."""
    if not leads and not own:
        raise Refused(N_("This comment was given to somebody else to draft the response. Ask an officer or chair to give it to you."))


def check_seen(turn_seen: int, turn_now: int) -> None:
    """Nobody overwrites what a colleague has prepared without having read it."""
    if turn_seen != turn_now:
        raise Conflict(N_("A colleague has worked on this response meanwhile. Read it below; your words are kept in the form."))


def check_same(seen: str | None, now: str) -> None:
    """One response answers a group as it was seen; None: it answers the one comment only."""
    if seen is not None and seen != now:
        raise Conflict(N_("The comments that say the same are no longer those you saw. Look at them again, then publish."))


def not_agreed(number: int) -> Refused:
    """Why nothing of it is published."""
    return Refused(N_("No response to comment %(number)s is agreed yet."), number=number)


def check_drafter(name: str, fits: bool) -> None:
    """Responses are drafted inside the group."""
    if not fits:
        raise Refused(N_("%(name)s is no officer, chair, co-chair or member of this group, so cannot draft responses."), name=name)


def check_answered(round_state: str, done: bool, left: int, first: int) -> None:
    """A round is answered when it is over and no standing comment is without a published response. `first`: the number of the first."""
    if done:
        raise Refused(N_("The round is closed as answered already."))
    if round_state != "closed":
        raise Refused(N_("The round is still open for comments. Close it first, or wait for its deadline."))
    if left:
        raise Refused(N_("Comments without a published response: %(left)s. The first is comment %(first)s."), left=left, first=first)


def check_join(count: int, withdrawn: list[int]) -> None:
    """Two comments at least, all of them standing."""
    if withdrawn:
        raise Refused(N_("Comment %(number)s was withdrawn meanwhile."), number=withdrawn[0])
    if count < 2:
        raise Refused(N_("Tick at least two comments that say the same."))


def check_one_round(rounds: int) -> None:
    """What is ticked together stands in one round."""
    if not rounds:
        raise Refused(N_("Tick at least one comment."))
    if rounds > 1:
        raise Refused(N_("These comments belong to different rounds."))


def check_idle(busy: bool) -> None:
    """One grouping at a time."""
    if busy:
        raise Refused(N_("The comments of this round are being grouped already."))


def check_phrase(title: str, disposition: str, text: str) -> None:
    """A frequent answer has a name to find it by, and words."""
    if not title or not text.strip():
        raise Refused(N_("A frequent answer needs a short name and the words themselves."))
    if disposition and disposition not in DISPOSITIONS:
        raise Refused(N_("Choose a disposition: %(all)s."), all=Words(DISPOSITIONS.values()))
