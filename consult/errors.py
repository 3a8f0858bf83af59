"""What can go wrong in a way a person can act on. Every door tells the reason in its own way."""


class Refused(Exception):
    """A rule says no. `reason` is a whole sentence for the person who asked; `values` fill its %(names)s."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        return self.reason % self.values if self.values else self.reason


class NotFound(Refused):
    """The thing is not there, or the person may not know that it is."""

    def __init__(self, reason: str = "There is nothing here under this address.", **values: object) -> None:
        super().__init__(reason, **values)


class Conflict(Refused):
    """Somebody else was faster; what was typed is shown again beside what stands now."""
