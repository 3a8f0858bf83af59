"""How a comment, an answer and a response stand in a letter, alone or in a digest."""

from functools import lru_cache
from typing import NamedTuple

from flask_babel import gettext

from consult.drafts.wording import as_text, difference
from consult.journal.models import Event
from consult.review.rules import DISPOSITIONS, TYPES
from consult.web.filters import ENTERED, instant_words, together

EXCERPT = 200
SHORT = 44  # characters of a paragraph for whoever has the text
AROUND = 40  # characters that stand around a change in a proposed wording


def place(paragraph, limit: int = EXCERPT) -> str:
    """The paragraph a comment is on, its mark first: `[12] The first two hundred characters …`; for the whole draft a word."""
    if paragraph is None:
        return gettext("On the whole draft")
    return f"[{paragraph.mark}] {excerpt(paragraph.text, limit)}"


def beginning(paragraph) -> str:
    """The same for somebody who has the text: just enough to know the paragraph again."""
    return place(paragraph, SHORT).replace(" …", "...")


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The beginning of a text on one line, cut between words where it has any."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;，；、") + " …"


def who(row) -> str:
    """Who says it: `Ada, Kenya, on behalf of the African Group`."""
    named = row.organization and row.organization != row.on_behalf_of  # a Party's own expert speaks for it: it is named once
    name = f"{row.author}, {row.organization}" if named else row.author
    return gettext("%(name)s, on behalf of %(others)s", name=name, others=together(row.on_behalf_of)) if row.on_behalf_of else name


def heading(row) -> str:
    """The line above a comment: its number, type and author, and what a reader must know about it."""
    return gettext("Comment %(number)s (%(type)s), %(who)s", number=row.number, type=gettext(TYPES[row.type]), who=who(row)) + known(row)


def short_heading(row, number: str) -> str:
    """The same for a small screen: `#57 Ada, Kenya (substantive)`; the type is left out where it is general."""
    kind = f" ({gettext(TYPES[row.type])})" if row.type != "general" else ""
    return f"#{number} {who(row)}{kind}{known(row)}"


def known(row) -> str:
    """What a reader must know about a comment beside who made it."""
    told = gettext(" — edited") if row.edited_at else ""
    if row.late:
        told += gettext(" — written in time, arrived late") if row.written_at else gettext(" — late")
    told += f" — {entered(row)}" if row.entered_by else ""
    return told + (gettext(" — sender not verified") if not row.verified else "")


def entered(row) -> str:
    """That an officer entered it for its author: `entered by Olga from a fax received 3 March 2026, 14:00 UTC`."""
    if row.door not in ENTERED:
        return gettext("entered by %(name)s", name=row.entered_by)
    return gettext(ENTERED[row.door], name=row.entered_by, when=instant_words(row.received_at))


def comment(row, paragraph) -> str:
    """What the comment says: the words it is about, its text, and the wording it proposes as a difference."""
    parts = [gettext("On the words: “%(quote)s”", quote=row.quote)] if row.quote else []
    parts += [row.text] if row.text else []
    if row.proposed:
        parts.append(gettext("Proposed wording:") + "\n" + proposed(paragraph.text if paragraph else "", row.proposed))
    return "\n\n".join(parts)


@lru_cache(maxsize=2000)
def proposed(old: str, new: str) -> str:
    """The proposed wording: `[-old-]{+new+}` against the paragraph, or the words alone where there is none."""
    return as_text(difference(old, new)) if old else new


def said(row, paragraph) -> str:
    """What the comment says to somebody who has the text: of a proposed wording only what changes, with the words around it."""
    if not row.proposed or paragraph is None:
        return comment(row, paragraph)
    parts = [gettext("On the words: “%(quote)s”", quote=row.quote)] if row.quote else []
    return "\n\n".join([*parts, *([row.text] if row.text else []), gettext("Proposed:") + " " + in_short(paragraph.text, row.proposed)])


@lru_cache(maxsize=2000)
def in_short(old: str, new: str) -> str:
    """What a new wording changes, with a few words around each change: `... the Parties [-should-]{+shall+} establish ...`."""
    ops = difference(old, new)
    if not any(kind == "same" for kind, _ in ops):
        return new
    last = len(ops) - 1
    return as_text([(kind, _around(text, at > 0, at < last) if kind == "same" else text) for at, (kind, text) in enumerate(ops)])


def _around(text: str, before: bool, after: bool) -> str:
    """Words that stay, as far as they stand next to a change `before` or `after` them."""
    head, tail = text[:AROUND] if before else "", text[-AROUND:] if after else ""
    if len(text) <= 2 * AROUND + 8:
        return text
    head = (head.rpartition(" ")[0] or head) + " " if head else ""
    tail = " " + (tail.partition(" ")[2] or tail) if tail else ""
    return f"{head}...{tail}"


def answer(row) -> str:
    """What somebody answered, set in."""
    return indented(gettext("%(who)s answered:", who=row.author) + "\n" + row.text)


class Joining(NamedTuple):
    """That a Party or organization joined a comment, or left it."""

    kind: str
    number: int
    organization: str

    @classmethod
    def of(cls, event: Event) -> "Joining":
        """As the journal tells it."""
        return cls(event.kind, event.data["number"], event.data["organization"])


def joined(joining: Joining) -> str:
    """Who joined a comment or left it."""
    said = {"number": joining.number, "organization": joining.organization}
    if joining.kind == "comment.left":
        return gettext("%(organization)s no longer joins your comment %(number)s.", **said)
    return gettext("%(organization)s joins your comment %(number)s.", **said)


def standing(row) -> str:
    """For whom a comment stands now."""
    return gettext("It stands on behalf of %(others)s.", others=together(row.on_behalf_of)) if row.on_behalf_of else ""


def response(row) -> str:
    """What the secretariat says to the comment, set in."""
    told = gettext("Response: %(disposition)s", disposition=gettext(DISPOSITIONS[row.disposition]))
    told += "\n" + gettext("See comment %(number)s.", number=row.see) if row.see else ""
    return indented(f"{told}\n{row.response}" if row.response else told)


def thread(row, paragraph, answers) -> list[str]:
    """The whole comment with everything that stands below it."""
    response_given = [response(row)] if row.disposition else []
    return [heading(row), comment(row, paragraph), *map(answer, answers), *response_given]


def indented(text: str) -> str:
    """Every line two columns in."""
    return "\n".join("  " + line if line.strip() else "" for line in text.split("\n"))
