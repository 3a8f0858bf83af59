"""Pure: finding one's way in the body of a Word document: its main part and the parts beside it, the rows and cells of its tables."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from consult.errors import Refused
from consult.office.ooxml import child, children, flag, name, value
from consult.office.package import NOT_WORD, Package

CONTAINERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
"""What may stand around paragraphs, rows and cells without being one."""
BLANKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
"""Signs of a run that are no text, as text."""
UNSEEN = {"instrText", "delInstrText", "Fallback", "rt", "pPr", "rPr", "txbxContent", "annotationRef"}
"""What a reader of the page does not see where it stands; text boxes are read after the paragraph that holds them."""


def main_part(package: Package) -> str:
    """The name of the part that holds the text; Refused when the package is no Word document."""
    for relation in children(package.xml("_rels/.rels"), "Relationship"):
        if value(relation, "Type").endswith("/officeDocument"):
            target = value(relation, "Target").lstrip("/")
            if target in package:
                return target
    if "word/document.xml" not in package:
        raise Refused(NOT_WORD)
    return "word/document.xml"


def related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The parts inside the package that a part points at: relation's id → (last word of its type, name of the part)."""
    folder, own = posixpath.split(part)
    found = {}
    for relation in children(package.xml(f"{folder}/_rels/{own}.rels"), "Relationship"):
        if value(relation, "TargetMode") == "External":
            continue
        target = value(relation, "Target")
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[value(relation, "Id")] = (value(relation, "Type").rpartition("/")[2], target)
    return found


def beside(package: Package, part: str, kind: str) -> etree._Element | None:
    """The root of the part of that kind (`comments`, `footnotes`) that belongs to a part, by its relation or by its usual name."""
    named = [target for found, target in related(package, part).values() if found == kind]
    for target in [*named, f"{posixpath.dirname(part)}/{kind}.xml"]:
        root = package.xml(target)
        if root is not None:
            return root
    return None


def rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, also those inside content controls."""
    for element in table:
        if name(element) == "tr":
            yield element
        elif name(element) in CONTAINERS:
            yield from rows(element)


def cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also those inside content controls."""
    for element in row:
        if name(element) == "tc":
            yield element
        elif name(element) in CONTAINERS:
            yield from cells(element)


def hidden(run: etree._Element) -> bool:
    """Whether an element is a run whose text is hidden."""
    return name(run) == "r" and flag(child(run, "rPr", "vanish"))


def real_notes(part: etree._Element | None) -> dict[str, etree._Element]:
    """The notes of a footnotes or endnotes part by their id, without the lines that separate them from the text."""
    separators = ("separator", "continuationSeparator", "continuationNotice")
    return {value(note, "id"): note for note in (part if part is not None else ()) if value(note, "type") not in separators}
