"""Pure: marking sentences for translation where they are written, to be translated where they are read."""


def N_(sentence: str) -> str:  # noqa: N802 - the usual gettext name
    """The sentence as it is; the mark lets the catalogue tools find it."""
    return sentence


class Words(tuple[str, ...]):
    """Marked words that fill a place in a marked sentence: each is translated where the sentence is, then they are listed."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)
