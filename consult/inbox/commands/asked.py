"""One command as its verb gets it: the words, who asks, in which mail, and what the answers of this mail have gathered so far."""

from dataclasses import dataclass, field
from datetime import datetime

from consult.inbox.lines import Command
from consult.inbox.models import Arrival
from consult.outbox.models import ReplyKey
from consult.people.models import Person


@dataclass
class Gathered:
    """What all commands of one mail share: the numbered results that GET can name later, and what waits for a YES."""

    results: list[str] = field(default_factory=list)
    wishes: list = field(default_factory=list)
    letters: int = 0


@dataclass(frozen=True)
class Asked:
    """What is asked, by whom, in which mail; `agreed`: the person has said YES to it after it was announced."""

    command: Command
    person: Person
    arrival: Arrival
    key: ReplyKey | None = None
    agreed: bool = False
    shared: Gathered = field(default_factory=Gathered)

    @property
    def argument(self) -> str:
        """What follows the verb."""
        return self.command.argument

    @property
    def at(self) -> datetime:
        """When it was asked, by our own clock."""
        return self.arrival.received_at

    @property
    def act(self) -> dict:
        """Who does it, through which door, when: what every verb of the rooms wants to know."""
        return {"by": self.person, "door": "mail", "at": self.at}

    @property
    def text(self) -> str:
        """What stands behind the colon and below the line."""
        _, _, behind = self.argument.replace("：", ":", 1).partition(":")
        return "\n".join(part for part in (behind.strip(), self.command.body) if part)

    def once(self, what: str = "") -> str:
        """What makes a letter that this command sets off be posted once, however often the mail is read."""
        return f"command:{self.arrival.digest}:{self.command.line[:60]}:{what}"[:200]
