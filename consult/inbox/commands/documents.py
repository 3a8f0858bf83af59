"""GET with the symbol of a meeting document: a draft as any draft, a file as text where it can be read, else as the file itself."""

from functools import partial

from flask_babel import gettext

from consult.alerts.pen import Pen, Sheet
from consult.alerts.shelf import marked
from consult.drafts import reading
from consult.errors import Refused
from consult.files import queries as files
from consult.inbox.commands import fetching, naming, offering
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.offering import Offered
from consult.kit.text import size
from consult.kit.words import N_
from consult.meetings import queries, rules
from consult.meetings.models import DocumentFile, MeetingDocument
from consult.outbox.attaching import Attached
from consult.people import travelling
from consult.people.models import Person
from consult.review import queries as review

AWAITED = N_("%(symbol)s, “%(title)s”, is awaited: it is not there yet.")
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
READABLE = ("txt", "md", "docx")


def found(words: str, asked: Asked) -> list[Offered]:
    """The meeting document of that symbol, with the paragraphs named behind it."""
    name, rest = fetching.parted(words)
    document = queries.find_document(asked.person, words) or queries.find_document(asked.person, name)
    if document is None:
        return []
    version = queries.text_of(document)
    if version is not None:
        between = fetching.RANGE.search(f" {rest.strip()}") if rest.strip() else None
        first, last = ((between[1] or between[3] or between[4]), (between[2] or between[3] or between[4])) if between else ("", "")
        named = f"{naming.name_of(version.draft, asked.person)} v{version.number}"
        return [fetching.offered(version, review.current_round(version.id), named, first.strip(), last.strip(), asked)]
    if not document.files:
        raise Refused(AWAITED, symbol=document.symbol, title=document.title)
    title = f"{document.symbol}: {document.title}"
    return [Offered(f"GET {document.symbol}", title, document.meeting.group, partial(_write, document, title))]


def _write(document: MeetingDocument, title: str, pen: Pen) -> Sheet:
    chosen = _chosen(document, pen.person)
    sheet = Sheet("text", title, [], "meeting", document.meeting_id, until=document.meeting.ends_at)
    facts = [title, f"{gettext(rules.NATURES[document.nature])} · {document.meeting.title}"]
    blocks = _as_text(chosen)
    if blocks:
        sheet.top, sheet.again, sheet.blocks = ["\n".join(facts)], [title], blocks
        return sheet
    octets = chosen.file.octets
    largest, travels = travelling.largest_letter(pen.person), travelling.encoded(octets)
    if largest and travels + travelling.AROUND > largest:
        said = gettext(
            "It is a file, %(name)s, of %(size)s, which does not fit into your largest letter of %(limit)s. LIMIT 0 takes the limit away.",
            name=chosen.file.name, size=size(octets), limit=size(largest),
        )  # fmt: skip
    else:
        said = gettext("The file goes along: %(name)s, %(size)s.", name=chosen.file.name, size=size(octets))
        media_type = TYPES.get(_ending(chosen), "application/octet-stream")
        sheet.along = lambda address: [Attached(chosen.file.name, media_type, files.content(chosen.file))]
        sheet.weight = travels
    sheet.top = ["\n".join(facts), said]
    return sheet


def _chosen(document: MeetingDocument, person: Person) -> DocumentFile:
    """The file in the person's language, else English, else the first; of two one that can be sent as text."""

    def place(each: DocumentFile) -> tuple:
        return each.language != person.language, each.language != "en", _ending(each) not in READABLE, each.id

    return min(document.files, key=place)


def _ending(of: DocumentFile) -> str:
    return of.file.name.rpartition(".")[2].lower()


def _as_text(of: DocumentFile) -> list[str]:
    """The words of a file, a block a paragraph; nothing where they cannot be read."""
    if _ending(of) not in READABLE:
        return []
    try:
        return [marked(piece) for piece in reading.read(of.file.name, files.content(of.file))]
    except Refused:
        return []


offering.offer("meeting document", found)
