"""Pure: the one row format that every comment template goes through, in and out."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Row:
    """One comment as a template holds it. Text everywhere, as its author wrote it; empty when the template or the author is silent.

    `number` is the row in the file as its program counts rows. `on_behalf_of`: Parties or organizations, several for a joint comment;
    `organization` is the author's own. `paragraph`, `section`, `sentence`, `page_from` … `figure` say where; `quote` are words of the
    draft. `type` is one of review.rules.TYPES or empty, `disposition` one of review.rules.DISPOSITIONS or empty; what the file really
    said is in `said_type` and `said_disposition`. `mark` is the paragraph's mark when a template of ours carried it out and back;
    `scope` is "whole" when the row says in words that it is about the whole document. `see` names another row's reference; `below`
    is the number in the database of a comment of ours that the row answers.
    """

    number: int
    reference: str = ""
    on_behalf_of: tuple[str, ...] = ()
    name: str = ""
    organization: str = ""
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
    scope: str = ""
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
    batch: str = ""
    below: str = ""

    @property
    def whole(self) -> bool:
        """Whether the row says that it is about the whole document."""
        return self.scope == "whole" or self.mark == "whole" or (self.page_from, self.line_from) == ("0", "0")

    def said(self) -> dict:
        """What is not empty, by name, fit to be kept as JSON."""
        held = {name: getattr(self, name) for name in NAMES}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in held.items() if value}


NAMES = tuple(each.name for each in fields(Row))[1:]


def from_said(number: int, said: dict) -> Row:
    """The row again, from what `said` kept of it."""
    kept = {name: value for name, value in said.items() if name in NAMES}
    return Row(number, **kept | {"on_behalf_of": tuple(kept.get("on_behalf_of", ()))})


@dataclass(frozen=True)
class Bad:
    """A row that cannot be taken, by its number, with a reason its author can act on; what it said is kept.

    `values` fill the %(names)s of the reason."""

    number: int
    reason: str
    said: tuple[str, ...] = ()
    values: dict = field(default_factory=dict)


@dataclass
class Sheet:
    """What a file of comments holds.

    `template`: one of templates.TEMPLATES, or word. `columns`: each head of the file with the field it was read as ("" when it was not
    read). `notes`: sentences for the officer with their values. `title`: the document that the file says it is about. `skipped`: rows
    that held nothing but a country or a number.
    """

    template: str = ""
    rows: list[Row] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, dict]] = field(default_factory=list)
    title: str = ""
    skipped: int = 0

    def note(self, sentence: str, **values: object) -> None:
        """Say something about the file once."""
        if (sentence, values) not in self.notes:
            self.notes.append((sentence, values))
