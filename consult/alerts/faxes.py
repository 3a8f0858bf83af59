"""A letter or the text of a round as pages for fax or post: black on white, large marks, whom it is for, and a form to answer with.

The words are gathered first (`of_round`, `of_letter`) and pressed afterwards (`pressed`), when nothing waits for the database any more."""

import re
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, gettext

from consult.alerts.entries import excerpt
from consult.alerts.letters import without_secrets
from consult.drafts.labels import label
from consult.drafts.models import Version
from consult.extensions import db
from consult.kit import clock
from consult.outbox import queries as outbox
from consult.outbox.models import Letter
from consult.papers import queries as papers
from consult.papers.laying import laid_out
from consult.papers.printing import compiled
from consult.papers.wordruns import is_right_to_left
from consult.people.models import Group, Person
from consult.reach import codes, queries
from consult.reach.entering import questions
from consult.review.models import Round
from consult.web.filters import day_words, instant_words

MARKED = re.compile(r"\[([^\]\n]{1,20})\][ \n](.*)", re.DOTALL)
HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\n(?=[\u2e80-\u9fff\uff00-\uffef])")


def pressed(job: dict) -> bytes:
    """The pages as PDF."""
    return compiled("fax.typ", job).content


@dataclass(frozen=True)
class Whom:
    """For whom the pages are: the name, the language of the words around the text, and the lines of the address."""

    name: str
    language: str
    lines: list[str]


def of_round(on: Round, person: Person, group: Group) -> dict:
    """The text of a round for one person, with a form whose lines name paragraphs; in the person's language, the text in its own."""
    with force_locale(person.language):
        until = _moment(on, person)
        facts = [*_about(on.version), gettext("Comments until: %(when)s", when=until), *on.guidance.split("\n\n")]
        head = _head(on.title, group, _whom(person), codes.code(on.id, person.id), facts, until)
        asked = [_asked(mark, words) for mark, words in questions(on).items()]
    text = _text(on.version)
    return head | text | {"pieces": [*asked, *text["pieces"]]}


def of_version(version: Version, group: Group) -> dict:
    """A text for nobody in particular, whose name is written on the form by hand."""
    draft = version.draft
    with force_locale(draft.language):
        return _head(draft.title, group, Whom("", draft.language, []), "", _about(version), "") | _text(version)


def of_letter(letter: Letter, person: Person | None, group: Group) -> dict:
    """A letter as it was sent, without its secrets, with a form to answer it."""
    on = _round_of(letter)
    code = codes.code(on.id, person.id) if on and person else codes.of_letter(letter.id)
    with force_locale(person.language if person else group.language):
        whom = _whom(person) if person else Whom(letter.to_name, group.language, [letter.to_name or letter.to_address])
        until = _moment(on, person) if on and person else ""
        sent = gettext("Sent by e-mail on %(day)s", day=day_words(letter.sent_at)) if letter.sent_at else day_words(clock.now())
        facts = [sent, gettext("Comments until: %(when)s", when=until) if until else ""]
        head = _head(letter.subject, group, whom, code, facts, until, marked=on is not None)
    pieces = [_piece(block) for block in without_secrets(outbox.sent_text(letter)).split("\n\n") if block.strip()]
    return head | {"symbol": "", "pieces": pieces, "body-language": whom.language}


def _text(version: Version) -> dict:
    """The pieces of a version with their marks."""
    pieces = papers.pieces(version.id)
    laid = [data | {"mark": piece.mark or ""} for data, piece in zip(laid_out(pieces, {}), pieces, strict=True)]
    return {"symbol": version.draft.symbol, "pieces": laid, "body-language": version.draft.language}


def _asked(mark: str, words: str) -> dict:
    """A guiding question, above the text, with the mark under which it is answered."""
    return {"kind": "paragraph", "level": 1, "printed": gettext("Question:"), "text": words, "mark": mark}


def _about(version: Version) -> list[str]:
    draft = version.draft
    return [gettext("Text: %(draft)s, version %(number)s", draft=draft.title, number=version.number), label(draft)]


def _round_of(letter: Letter) -> Round | None:
    key = next((key for key in letter.keys if key.purpose == "round" and key.subject_id), None)
    return db.session.get(Round, key.subject_id) if key else None


def _piece(block: str) -> dict:
    """A block of a letter: with the mark it begins with, or its lines as they stand."""
    found = MARKED.fullmatch(block.strip("\n"))
    mark, text = (found[1], HAN.sub("", found[2]).replace("\n", " ")) if found else ("", block.strip("\n"))
    return {"kind": "paragraph", "level": 1, "printed": "", "text": text, "mark": mark}


def _moment(on: Round, person: Person) -> str:
    here, there = instant_words(on.closes_at, person.zone), instant_words(on.closes_at, "UTC")
    return here if here == there else f"{here} ({there})"


def _head(title: str, group: Group, whom: Whom, code: str, facts: list[str], until: str, marked: bool = True) -> dict:
    """What stands around the text: whom it is for, who sends it, until when, and the words of the form."""
    return {
        "title": title, "short": excerpt(f"{group.short or group.name} – {title}", 70), "code": code, "facts": [f for f in facts if f],
        "language": whom.language, "to": _lines(whom.lines), "marked": marked, "from": _lines([group.name, *_ours()]),
        "words": _words(whom, until, marked),
    }  # fmt: skip


def _whom(person: Person) -> Whom:
    """Name, organization, postal address and fax of a person, as far as they are known."""
    known = queries.latest(person.id)
    post = known.post.split("\n") if known and known.post else []
    fax = [gettext("Fax: %(number)s", number=known.fax)] if known and known.fax else []
    return Whom(person.name, person.language, [person.name, *([person.organization.name] if person.organization else []), *post, *fax])


def _lines(said: list[str]) -> list[dict]:
    """Lines with the direction each is read in."""
    return [{"text": line, "rtl": is_right_to_left(line)} for line in said]


def _ours() -> list[str]:
    """Where an answer goes: the secretariat's postal address and fax, as the installation is set up."""
    config = current_app.config
    fax = [gettext("Fax: %(number)s", number=config["FAX"])] if config["FAX"] else []
    return [*config["POST_ADDRESS"], *fax]


def _words(whom: Whom, until: str, marked: bool) -> dict:
    how = gettext(
        "Write clearly, in black. Name each paragraph by the number that stands in bold beside it, such as [12]; leave the number out for "
        "a remark on the whole text. Copy this page as often as you need."
    )
    back = [gettext("From: %(name)s", name=whom.name)] if whom.name else []
    back += [gettext("To: %(where)s", where=", ".join(_ours()))] if _ours() else []
    back += [gettext("To arrive by: %(when)s", when=until)] if until else []
    return {
        "to": gettext("To"), "from": gettext("From"), "page": gettext("Page %(number)s of %(last)s", number="@page", last="@last"),
        "form": gettext("Reply form"), "code": gettext("Code of this sheet"),
        "how": how if marked else gettext("Write clearly, in black."), "back": _lines(back), "paragraph": gettext("Paragraph"),
        "comment": gettext("Comment, or the wording you propose") if marked else gettext("Your answer"),
        "name": gettext("Name"), "signature": gettext("Signature"), "date": gettext("Date"),
    }  # fmt: skip
