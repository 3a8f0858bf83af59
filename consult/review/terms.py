"""Pure: what an external reviewer accepts before reading a draft, and when that can be asked, answered and ended."""

from consult.errors import Refused
from consult.kit.words import N_

DEFAULT = N_(
    "The draft is not public. Until it is issued you use it only to comment on it: you do not quote it, pass it on or publish any part of "
    "it, and you keep to yourself what you learn from it. If you have an interest that others could think bears on your comments, you say "
    "so in your first comment. Your comments and your name appear in the compilation of the round, unless you ask for something else."
)
CHOOSE = N_("Say whether you accept or decline.")
LONGEST = 5_000


def check_may_invite(round_state: str, sits_in_group: bool, state: str | None, name: str) -> None:
    """People from outside are invited while a round is not over; members are among those it asks anyway."""
    if round_state == "closed":
        raise Refused(N_("The round is closed, so nobody can be invited any more. Extend it first."))
    if sits_in_group:
        raise Refused(N_("%(name)s sits in the group and is no external reviewer."), name=name)
    if state in ("invited", "accepted"):
        raise Refused(N_("%(name)s is invited already."), name=name)


def check_may_answer(own: bool, state: str, round_state: str) -> None:
    """Whoever was invited answers for themselves, until the round closes; whoever accepted can still step back."""
    if not own:
        raise Refused(N_("Only the person who was invited can answer the invitation."))
    if state == "revoked":
        raise Refused(N_("This invitation was taken back. Write to the secretariat if that surprises you."))
    if round_state == "closed":
        raise Refused(N_("The round is closed, so the invitation can no longer be answered."))


def check_may_change(accepted: int, before: str, after: str) -> None:
    """What somebody has accepted stays what they accepted."""
    if accepted and before != after:
        raise Refused(N_("Somebody has accepted the terms already, so they can no longer be changed."))
    if len(after) > LONGEST:
        raise Refused(N_("The terms have more than %(most)s characters."), most=LONGEST)


def check_may_revoke(state: str) -> None:
    """Only an invitation that stands can be ended."""
    if state not in ("invited", "accepted"):
        raise Refused(N_("This invitation does not stand any more."))
