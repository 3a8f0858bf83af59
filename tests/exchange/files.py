"""Workbooks and documents as people send them: small ones, odd ones, hostile ones."""

import io
import zipfile

from openpyxl import Workbook as Openpyxl
from xlsxwriter import Workbook


def xlsx(*rows: list, sheet: str = "Comments", more: dict[str, list[list]] | None = None, hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook with these rows, and further sheets by name."""
    out = io.BytesIO()
    book = Workbook(out, {"strings_to_formulas": False})
    for name, cells in {sheet: rows, **(more or {})}.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(cells):
            page.write_row(at, 0, row)
        if name in hidden:
            page.hide()
    book.close()
    return out.getvalue()


def edited(rows: list[list], work) -> bytes:
    """A workbook with these rows after somebody has worked on it."""
    book = Openpyxl()
    for row in rows:
        book.active.append(row)
    work(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The same file with parts added or replaced; `__` in a name is a slash, `_dot_` a dot."""
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in named:
                new.writestr(info.filename, old.read(info.filename))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def docx(*tables: str, between: str = "<w:p/>") -> bytes:
    """A Word document with these tables, as the words of their XML."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{kind}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{relations}" Target="word/document.xml"/></Relationships>',
        )
        body = between.join(tables)
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}<w:sectPr/></w:body></w:document>',
        )
    return out.getvalue()


def table(*rows: list[str]) -> str:
    """A table; a cell may hold XML of its own."""
    return "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows) + "</w:tbl>"


def cell(words: str, properties: str = "") -> str:
    """A cell with these words, or with the XML they are."""
    if words.startswith("<w:tc>"):
        return words
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in words.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
