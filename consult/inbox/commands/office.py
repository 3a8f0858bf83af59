"""GET R3 docx, GET R3 iso2012, GET R3 compilation xlsx: what others take along from the pages as a file comes as one attached file."""

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO

from flask_babel import gettext

from consult.alerts.pen import Pen, Sheet
from consult.drafts import openings
from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.errors import Refused
from consult.exchange import exporting
from consult.exchange.templates import TEMPLATES
from consult.extensions import db
from consult.inbox.commands import naming, offering, wishes
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.offering import Offered
from consult.kit import clock
from consult.kit.text import size
from consult.kit.words import N_
from consult.outbox.attaching import Attached
from consult.papers import compiling, making, tables
from consult.people import queries as people
from consult.people import travelling
from consult.people.models import Group
from consult.review import queries as review
from consult.review.models import Round

ENDINGS = {"docx": "docx", "word": "docx", "xlsx": "xlsx", "excel": "xlsx", "csv": "csv", "json": "json"}
KINDS = "|".join([*ENDINGS, *(re.escape(code) for code in sorted(TEMPLATES, key=len, reverse=True))])
FILE = re.compile(
    rf"(?:^|\s)\.?(?:({'|'.join(map(re.escape, sorted(TEMPLATES, key=len, reverse=True)))})\s+)?\.?({KINDS})\s*$", re.IGNORECASE
)
COMPILED = re.compile(r"\b(?:compilation|compiled|recopilación|сводка|подборка)\b|汇编|تجميع", re.IGNORECASE)
MARGIN = re.compile(r"\b(?:comments|commentaires|comentarios|замечания)\b|评论|意见|تعليقات", re.IGNORECASE)
VERSION = re.compile(r"(?<!\w)v(?:ersion)?\.?\s?(\d{1,4})(?!\w)", re.IGNORECASE)
WORD_ONLY = N_("The text itself comes as a Word file. Send for example: %(line)s")
NOT_COMPILED = N_("The compilation of this round is not published yet.")


def asks_for_a_file(words: str) -> bool:
    """Whether the words behind GET end with the kind of a file."""
    return FILE.search(words) is not None


def get(words: str, asked: Asked) -> str:
    """The file, when it is small; a large one is announced first, and comes after a YES whatever limit the person has."""
    found = FILE.search(words)
    template, ending, rest = found[1], found[2].casefold(), words[: found.start()].strip()
    if template is None and ending in TEMPLATES and not COMPILED.search(rest):
        template, ending = ending, TEMPLATES[ending].forms[0]
    what, file = _chosen(rest, (template or "").casefold(), ENDINGS[ending.casefold()], asked)
    weight, limit = travelling.encoded(file.octets), travelling.largest_letter(asked.person)
    if asked.agreed or not 0 < limit < weight + travelling.AROUND:
        return offering.send(what, asked)
    wish = wishes.wish(asked, weight, 1, what.line)
    return f"{gettext('It is larger than the letters you want to get at most.')} {offering.announced(wish, what.less)}"


def _chosen(rest: str, template: str, ending: str, asked: Asked) -> tuple[Offered, Attached]:
    if template:
        return _comments(naming.need_round(asked, rest), template, ending, asked)
    if COMPILED.search(rest):
        return _compilation(naming.need_round(asked, rest), ending, asked)
    if ending != "docx":
        raise Refused(WORD_ONLY, line=f"GET {rest} docx")
    version, on, line = _text(rest, asked)
    if MARGIN.search(rest):
        people.require(asked.person, "draft.read", version.draft.group_id)
        name = making.name_of(version, "docx", "comments")
        return _offered(version, on, f"{line} comments docx", Attached(name, exporting.FORMS["docx"], making.docx(version, True)), asked)
    return _offered(version, on, f"{line} docx", making.text_file(version), asked)


def _text(rest: str, asked: Asked) -> tuple[Version, Round | None, str]:
    """The text of the round named, or the version of a draft."""
    name = MARGIN.sub(" ", rest).strip()
    if naming.ROUND.search(name) or not name:
        on = naming.need_round(asked, name)
        if on.opened_at is None and not people.may(asked.person, "draft.write", on.group_id):
            raise Refused(naming.NO_ROUND, name=f"R{on.id}")
        return on.version, on, f"GET R{on.id}"
    number = VERSION.search(name)
    called = (name[: number.start()] if number else name).strip()
    found = naming.drafts(asked.person, called)
    if not found:
        raise Refused(naming.NO_DRAFT, name=called[:80])
    if len(found) > 1:
        naming.choose(called, [f"GET {naming.name_of(each, asked.person)} docx" for each in found])
    version = drafts.published(found[0], int(number[1])) if number else drafts.latest(found[0])
    if version is None:
        raise Refused(N_("“%(title)s” has no published version yet."), title=found[0].title)
    return version, review.current_round(version.id), f"GET {naming.name_of(found[0], asked.person)} v{version.number}"


def _comments(on: Round, template: str, ending: str, asked: Asked) -> tuple[Offered, Attached]:
    """The standing comments of a round in a form of an institution."""
    people.require(asked.person, "draft.read", on.group_id)
    exporting.chosen(template, ending)
    out = BytesIO()
    exporting.export(on, template, ending, out)
    file = Attached(exporting.file_name(on, template, ending), exporting.FORMS[ending], out.getvalue())
    return _offered(on.version, on, f"GET R{on.id} {template} {ending}", file, asked)


def _compilation(on: Round, ending: str, asked: Asked) -> tuple[Offered, Attached]:
    people.require(asked.person, "draft.read", on.group_id)
    if not compiling.readable(on, asked.person):
        raise Refused(NOT_COMPILED)
    write = {"docx": tables.document, "xlsx": tables.workbook}.get(ending)
    if write is None:
        raise Refused(WORD_ONLY, line=f"GET R{on.id} compilation docx")
    name = making.name_of(on.version, ending, f"comments-{on.id}")
    file = Attached(name, exporting.FORMS[ending], write(on, making.published(on), lambda done, total: None))
    return _offered(on.version, on, f"GET R{on.id} compilation {ending}", file, asked)


def _offered(version: Version, on: Round | None, line: str, file: Attached, asked: Asked) -> tuple[Offered, Attached]:
    group = db.session.get_one(Group, version.draft.group_id)
    seen: Callable[[], object] = partial(openings.opened, version, asked.person, "mail", clock.now())
    less = line.rsplit(" ", 1)[0] if line.startswith("GET R") and line.count(" ") == 2 else ""
    return Offered(line, file.name, group, partial(_written, version, on, file), less, seen), file


def _written(version: Version, on: Round | None, file: Attached, pen: Pen) -> Sheet:
    """A short letter with the file; an answer to it, also with the file sent back, goes to the round while it is open."""
    asks = on is not None and on.opened_at is not None and review.invited(on.id, pen.person.id)
    purpose, about = ("round", on.id) if asks else ("text", version.id)
    sheet = Sheet("file", file.name, [], purpose, about, until=on.closes_at if asks else None)
    sheet.weight, sheet.along = travelling.encoded(file.octets), lambda _: [file]
    open_until = pen.moment(on.closes_at) if asks and review.state(on, pen.now) == "open" else ""
    sheet.top = pen.words("inbox/file", title=version.draft.title, name=file.name, size=size(file.octets), until=open_until)
    return sheet
