"""Pure: what becomes of a mail: every rule of the intake in one table, in the order it is asked, with the reason a person is told."""

from collections.abc import Callable
from dataclasses import dataclass

from consult.inbox.automatic import Automatic
from consult.inbox.message import Read
from consult.inbox.sender import SEVERAL, Sender
from consult.inbox.trust import Trust
from consult.kit.words import N_

NO_COMMAND = N_("It holds no command that can be carried out at once, so a person reads it.")
NOT_THEIRS = N_("The sender is not the person this reply address was given to.")
FALSE = N_("The sender's domain says that this mail is not from there.")
EXPIRED = N_(
    "This reply address has expired. Send the one word STATUS to the address below: the answer names what is open now. With GET you get a "
    "text once more, with a reply address that is taken."
)
LATE = N_("It came to a reply address that has expired in the last weeks, so an officer decides whether it still counts.")
NOT_VOUCHED = N_("The receiving server does not confirm the sender.")


@dataclass(frozen=True)
class Facts:
    """All that is known of one mail when it is judged. `strange` is the reason of TooStrange, and then the rest may be missing.

    addressed_to: "reply", "commands", "bounce", "group" or "unknown"; key: "known", "revoked", "late" (expired of late),
    "expired" or None (no such key);
    confirms: whether the key is the one that a letter asks with whether a mail is somebody's, so that its secret is all the proof needed;
    own_text: whether there are own words; files: whether attachments came; commands: verbs found in the person's own words (for a mail
    without own words: in the subject); unread: whether lines stand there that are no command; key_in_text: whether a key was written."""

    sender: Sender = Sender(None, "")
    trust: Trust = Trust("unverified", "")
    automatic: Automatic | None = None
    read: Read | None = None
    strange: str | None = None
    addressed_to: str = "unknown"
    key: str | None = None
    confirms: bool = False
    key_person_addresses: tuple[str, ...] = ()
    sender_is_key_person: bool = False
    sender_known: bool = False
    own_address_as_sender: bool = False
    own_text: bool = True
    files: bool = False
    commands: tuple[str, ...] = ()
    unread: bool = False
    key_in_text: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether only a piece of a mail came (message/partial)."""
        return bool(self.read and self.read.is_partial)

    @property
    def from_key_person(self) -> bool:
        """Whether the sender's address belongs to the person the key was given to."""
        ours = {address.lower() for address in self.key_person_addresses}
        return self.sender_is_key_person or bool(self.sender.address and self.sender.address.lower() in ours)

    @property
    def doubted(self) -> bool:
        """Whether a receiving server is set up and does not vouch for the sender, or says that the mail is false."""
        return self.forged or self.trust.checked and self.trust.level != "verified"

    @property
    def forged(self) -> bool:
        """Whether the sender's own domain says that the mail is not from there."""
        return self.trust.level == "failed"

    @property
    def says_something(self) -> bool:
        """Whether there are own words or files in it."""
        return self.own_text or self.files


@dataclass(frozen=True)
class Outcome:
    """accept, ask (its person), hold, reject, ignore, bounce, complain or challenge; `tell`: a letter may go to the sender about it."""

    kind: str
    reason: str
    tell: bool = False


@dataclass(frozen=True)
class Rule:
    """One reason why a mail is not simply accepted; `quiet`: nobody is told; `finer` finds the words of what it rests on."""

    kind: str
    reason: str
    holds: Callable[[Facts], bool]
    quiet: bool = False
    finer: Callable[[Facts], str | None] = lambda facts: None


def _machine_reason(facts: Facts) -> str | None:
    return facts.automatic.reason if facts.automatic else None


def _defect(facts: Facts) -> str | None:
    return facts.sender.defects[0]


def _reply(facts: Facts) -> bool:
    return facts.addressed_to == "reply"


def _commands(facts: Facts) -> bool:
    return facts.addressed_to == "commands"


def _machine(facts: Facts, outcome: str) -> bool:
    return facts.automatic is not None and facts.automatic.outcome == outcome


def _by_a_stranger(facts: Facts) -> bool:
    """A secret of ours in the hands of somebody whom nobody here knows: perhaps its person at another address."""
    strange = _reply(facts) and not facts.from_key_person and not facts.sender_known
    return strange and not facts.doubted and not facts.confirms and facts.says_something


RULES = (
    Rule(
        "hold", N_("It could not be read safely."), lambda facts: facts.strange is not None, quiet=True, finer=lambda facts: facts.strange
    ),
    Rule("ignore", N_("It was sent from one of our own addresses."), lambda facts: facts.own_address_as_sender, quiet=True),
    Rule(
        "bounce",
        N_("A letter of ours was returned."),
        lambda facts: facts.addressed_to == "bounce" and _machine(facts, "bounce"),
        quiet=True,
    ),
    Rule(
        "challenge",
        N_("Their mail server asks for a proof that a person wrote."),
        lambda facts: _machine(facts, "challenge"),
        quiet=True,
        finer=_machine_reason,
    ),
    Rule("complain", N_("A letter of ours was marked as unwanted."), lambda facts: _machine(facts, "complaint"), quiet=True),
    Rule(
        "ignore",
        N_("It says that a letter was returned, but did not come to that letter's return address."),
        lambda facts: _machine(facts, "bounce"),
        quiet=True,
    ),
    Rule("ignore", N_("It was written automatically."), lambda facts: _machine(facts, "ignore"), quiet=True, finer=_machine_reason),
    Rule("hold", N_("It names more than one sender."), lambda facts: SEVERAL in facts.sender.defects, quiet=True),
    Rule("reject", N_("Its From line is not one plain address."), lambda facts: bool(facts.sender.defects), quiet=True, finer=_defect),
    Rule(
        "hold", N_("It looks as if it was written automatically."), lambda facts: _machine(facts, "hold"), quiet=True, finer=_machine_reason
    ),
    Rule("hold", N_("A person wrote to a return address."), lambda facts: facts.addressed_to == "bounce", quiet=True),
    Rule(
        "hold",
        N_("It is only one piece of a longer mail. The whole is taken when all its pieces have come."),
        lambda facts: facts.is_partial,
    ),
    Rule("hold", N_("It came to the group's address and not as an answer to a letter."), lambda facts: facts.addressed_to == "group"),
    Rule("reject", N_("There is no such address here."), lambda facts: facts.addressed_to not in ("reply", "commands")),
    Rule("reject", N_("This reply address was never given out."), lambda facts: _reply(facts) and facts.key is None),
    Rule("reject", N_("This reply address was withdrawn."), lambda facts: _reply(facts) and facts.key == "revoked"),
    Rule("reject", EXPIRED, lambda facts: _reply(facts) and facts.key == "expired"),
    Rule("ask", NOT_THEIRS, _by_a_stranger, quiet=True),
    Rule("hold", NOT_THEIRS, lambda facts: _reply(facts) and not facts.from_key_person, quiet=True),
    Rule("hold", FALSE, lambda facts: _reply(facts) and facts.forged, quiet=True),
    Rule("hold", N_("Nothing new was written in it."), lambda facts: _reply(facts) and not facts.says_something),
    Rule("hold", LATE, lambda facts: _reply(facts) and facts.key == "late"),
    Rule("ask", NOT_VOUCHED, lambda facts: _reply(facts) and facts.doubted and not facts.confirms, quiet=True),
    Rule("reject", N_("The sender is not known here."), lambda facts: _commands(facts) and not facts.sender_known, quiet=True),
    Rule("reject", FALSE, lambda facts: _commands(facts) and facts.forged, quiet=True),
    Rule(
        "reject",
        N_("The receiving server does not confirm the sender, and it holds no command."),
        lambda facts: _commands(facts) and facts.doubted and not facts.commands,
        quiet=True,
    ),
    Rule("reject", N_("A reply key in the text gives no right over anything."), lambda facts: _commands(facts) and facts.key_in_text),
    Rule("hold", NO_COMMAND, lambda facts: _commands(facts) and not facts.commands),
)
ACCEPTED = Outcome("accept", N_("It is taken."), tell=True)


def judge(facts: Facts) -> Outcome:
    """What becomes of a mail: the first rule that holds decides; none holds: it is taken."""
    for rule in RULES:
        if rule.holds(facts):
            return Outcome(rule.kind, rule.finer(facts) or rule.reason, not rule.quiet and not facts.doubted)
    return ACCEPTED
