"""Letters of ours that came back: noted on the letter, and against the address it went to."""

from consult.errors import Refused
from consult.inbox.bounces import Bounce
from consult.inbox.results import Result
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.people import actions as people

CAME_BACK = N_("A letter to %(name)s came back: %(diagnostic)s")
DELAYED = N_("A letter to %(name)s is still on its way: %(diagnostic)s")
UNKNOWN = N_("It says that a letter was returned, but no letter of ours has this return address.")


def carry_out(letter: Letter | None, bounce: Bounce | None, at) -> Result:
    """Note that a letter did not arrive. A report counts once a letter, so that nobody is silenced by many copies of one report."""
    if letter is None or bounce is None:
        return Result("ignored", Refused(UNKNOWN))
    words = {"name": letter.to_name or letter.to_address, "diagnostic": bounce.diagnostic or bounce.status or "?"}
    if letter.state != "bounced":
        outbox.bounced(letter, bounce.permanent, bounce.status, bounce.diagnostic)
        if letter.person_id is not None:
            people.address_failed(letter.person_id, letter.to_address, bounce.permanent, bounce.diagnostic or bounce.status, at)
    return Result("bounced", Refused(CAME_BACK if bounce.permanent else DELAYED, **words))
