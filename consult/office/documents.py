"""Pure: writing tables as a Word document, row by row with little memory; heads may stand at the top of every page, as ISO prints them."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from xml.sax.saxutils import escape

WIDE = 15_000
"""Twentieths of a point between the margins of a landscape A4 page."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPE}.header+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = '{0}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{1}</Relationships>'
_STYLES = (
    f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    '<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/>'
    '<w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="24"/></w:rPr></w:style></w:styles>'
)


@dataclass(frozen=True)
class Table:
    """A table with the shares of its columns; `heads` empty: it has none of its own. `title` stands above it as a heading."""

    widths: Sequence[int]
    rows: Iterable[Sequence[str]]
    heads: Sequence[str] = ()
    title: str = ""


def write_document(
    out: BinaryIO,
    tables: Iterable[Table],
    *,
    on_every_page: Sequence[Table] = (),
    title: str = "",
    label: str = "",
    right_to_left: bool = False,
) -> None:
    """A landscape document of tables, one after the other; `on_every_page` and `label` are printed at the top of each page."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        package.writestr("_rels/.rels", _relations((f"{office}/officeDocument", "word/document.xml"), (core, "docProps/core.xml")))
        package.writestr(
            "word/_rels/document.xml.rels", _relations((f"{office}/styles", "styles.xml"), (f"{office}/header", "header1.xml"))
        )
        package.writestr("word/styles.xml", _STYLES)
        package.writestr("docProps/core.xml", _core(title))
        told = f"<w:p><w:pPr>{_bidi(right_to_left)}</w:pPr>{_run(label, True)}</w:p>" if label else ""
        head = told + "".join(part for table in on_every_page for part in _table(table, right_to_left))
        package.writestr("word/header1.xml", f'{_XML}<w:hdr xmlns:w="{_W}" xmlns:r="{_R}">{head}<w:p/></w:hdr>')
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'{_XML}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>'.encode())
            for table in tables:
                for piece in _table(table, right_to_left):
                    part.write(piece.encode())
            part.write((_section(right_to_left) + "</w:body></w:document>").encode())


def _relations(*targets: tuple[str, str]) -> str:
    held = "".join(f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1))
    return _RELATIONS.format(_XML, held)


def _core(title: str) -> str:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{_clean(title)}</dc:title>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{now}</dcterms:created></cp:coreProperties>'
    )


def _section(right_to_left: bool) -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="919" w:bottom="851" w:left="919" w:header="567" w:footer="425" w:gutter="0"/>'
        f"{'<w:bidi/>' if right_to_left else ''}</w:sectPr>"
    )


def _table(table: Table, right_to_left: bool) -> Iterator[str]:
    shares = sum(table.widths)
    widths = [WIDE * share // shares for share in table.widths]
    if table.title:
        yield f'<w:p><w:pPr><w:pStyle w:val="Heading1"/>{_bidi(right_to_left)}</w:pPr>{_run(table.title)}</w:p>'
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
    yield (
        f"<w:tbl><w:tblPr>{'<w:bidiVisual/>' if right_to_left else ''}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    if table.heads:
        yield _row(table.heads, widths, right_to_left, head=True)
    empty = True
    for row in table.rows:
        empty = False
        yield _row(row, widths, right_to_left)
    if empty and not table.heads:
        yield _row([""] * len(widths), widths, right_to_left)
    yield f"</w:tbl><w:p><w:pPr>{_bidi(right_to_left)}</w:pPr></w:p>"


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(cells: Sequence[str], widths: Sequence[int], right_to_left: bool, head: bool = False) -> str:
    held = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraphs(cell, right_to_left, head)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{held}</w:tr>"


def _paragraphs(cell: str, right_to_left: bool, head: bool) -> str:
    properties = f"<w:pPr>{_bidi(right_to_left)}</w:pPr>" if right_to_left else ""
    lines = cell.split("\n")
    return "".join(f"<w:p>{properties}{_run(line, head) if line else ''}</w:p>" for line in lines)


def _run(words: str, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    pieces = [f'<w:t xml:space="preserve">{_clean(piece)}</w:t>' if piece else "" for piece in words.split("\t")]
    return f"<w:r>{properties}{'<w:tab/>'.join(pieces)}</w:r>"


def _bidi(right_to_left: bool) -> str:
    return "<w:bidi/>" if right_to_left else ""


def _clean(words: str) -> str:
    return escape(_FORBIDDEN.sub("", words))
