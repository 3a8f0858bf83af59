"""What people ask for by mail, one module a kind of asking; `run` answers all commands of a mail in one go."""

from consult.inbox.commands.running import run, say_yes

__all__ = ["run", "say_yes"]
