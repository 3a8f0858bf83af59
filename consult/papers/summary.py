"""A compilation in words: what it holds by which deadline, and each comment as it is printed."""

from unicodedata import bidirectional

from flask_babel import gettext, ngettext

from consult.papers.compiling import Entry, entries
from consult.review import compiled
from consult.review.models import Round
from consult.review.rules import DISPOSITIONS, TYPES
from consult.web.filters import instant_words
from consult.web.locale import language

EXCERPT = 220


def head(of: Round, around: dict) -> dict:
    """What stands around a printed compilation; `around` is that of the version's own documents."""
    title = gettext("Compilation of comments: %(title)s", title=of.title)
    facts = [text for text, count in facts_of(of) if count]
    return around | {"title": title, "short": title[:90], "language": language(), "facts": facts, "proposed": gettext("Proposed wording")}


def facts_of(of: Round) -> list[tuple[str, int]]:
    """How many comments came by the original deadline, by the extended one, and late; how many are withheld, and without response."""
    counts = compiled.counts(of)
    first, last = instant_words(of.first_closes_at, "UTC"), instant_words(of.closes_at, "UTC")
    told = {
        "in-time": ngettext("%(num)s comment by the original deadline, %(when)s", "%(num)s comments by the original deadline, %(when)s",
                            counts["in-time"], when=first),
        "extended": ngettext("%(num)s comment by the extended deadline, %(when)s", "%(num)s comments by the extended deadline, %(when)s",
                             counts["extended"], when=last),
        "late": ngettext("%(num)s comment after the deadline", "%(num)s comments after the deadline", counts["late"]),
        "withheld": ngettext("%(num)s comment not shown, as its author wishes", "%(num)s comments not shown, as their authors wish",
                             counts["withheld"]),
        "unanswered": ngettext("%(num)s comment without a response yet", "%(num)s comments without a response yet", counts["unanswered"]),
    }  # fmt: skip
    return [(text, counts[name]) for name, text in told.items()]


def comments(of: Round) -> list[dict]:
    """Every published comment as it is printed, in the language that is set."""
    return [_printed(entry) for entry in entries(of)]


def who(entry: Entry) -> str:
    """Whose comment it is, as far as its author allows that to be read."""
    row = entry.row
    if not entry.named:
        return gettext("Name not published")
    named = row.organization and row.organization != row.on_behalf_of  # a Party's own expert speaks for it: it is named once
    name = f"{row.author}, {row.organization}" if named else row.author
    return gettext("%(name)s, on behalf of %(others)s", name=name, others=row.on_behalf_of) if row.on_behalf_of else name


def place(entry: Entry) -> str:
    """The paragraph it is about, its mark first; in words where it is the whole text."""
    row = entry.row
    if row.mark is None:
        return gettext("On the whole draft")
    if row.kind == "heading":
        return f"[{row.mark}] " + gettext("On the heading")
    text = " ".join(row.paragraph_text.replace(" | ", " ").split())
    return f"[{row.mark}] {text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + ' …'}"


def _printed(entry: Entry) -> dict:
    row = entry.row
    came = {"extended": gettext("by the extended deadline"), "late": gettext("late")}.get(row.came, "")
    came = gettext("written in time, arrived late") if row.written_at else came
    see = gettext("see comment %(number)s", number=row.see) if row.see else ""
    given = gettext(DISPOSITIONS[row.disposition]) if row.disposition else ""
    words = {"section": entry.section or "", "place": place(entry) if entry.place else "", "quote": row.quote, "text": row.text}
    words |= {"proposed": row.proposed, "response": row.response or ""}
    return {
        "who": f"{row.number}. {who(entry)}",
        "what": " · ".join(filter(None, [gettext(TYPES[row.type]), came])),
        "disposition": " · ".join(filter(None, [given, see])),
        **{name: {"words": text, "rtl": runs_left(text)} for name, text in words.items()},
    }


def runs_left(text: str) -> bool:
    """Whether a text is written from right to left: told by its first letter that has a direction (Unicode Bidirectional Algorithm, P2)."""
    first = next((bidirectional(sign) for sign in text if bidirectional(sign) in ("L", "R", "AL")), "L")
    return first != "L"
