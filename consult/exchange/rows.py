"""Pure: the one row format that every comment template goes through, in and out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comment as a template holds it. Text everywhere, as its author wrote it; empty when the template or the author is silent.

    `number` is the row in the file as its program counts rows. `on_behalf_of`: Parties or organizations, several for a joint comment.
    `paragraph`, `section`, `sentence`, `page_from` … `figure` say where; `quote` are words of the draft. `type` is one of
    review.rules.TYPES or empty, `disposition` one of review.rules.DISPOSITIONS or empty; what the file really said is in `said_type`
    and `said_disposition`. `mark` is the paragraph's mark when a template of ours carried it out and back.
    """

    number: int
    reference: str = ""
    on_behalf_of: tuple[str, ...] = ()
    name: str = ""
    address: str = ""
    capacity: str = ""
    language: str = ""
    section: str = ""
    paragraph: str = ""
    sentence: str = ""
    page_from: str = ""
    line_from: str = ""
    page_to: str = ""
    line_to: str = ""
    figure: str = ""
    mark: str = ""
    quote: str = ""
    type: str = ""
    said_type: str = ""
    comment: str = ""
    proposed: str = ""
    reason: str = ""
    disposition: str = ""
    said_disposition: str = ""
    response: str = ""
    see: str = ""
    date: str = ""
    door: str = ""

    @property
    def whole(self) -> bool:
        """Whether the row says that it is about the whole document."""
        return (self.page_from, self.line_from) == ("0", "0")


@dataclass(frozen=True)
class Bad:
    """A row that cannot be taken, by its number, with a reason its author can act on; what it said is kept."""

    number: int
    reason: str
    said: tuple[str, ...] = ()
