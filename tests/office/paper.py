"""Word documents from a few words of hand-written XML, for tests of what comes back from colleagues."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
WHEN = 'w:date="2026-11-23T10:00:00Z"'


def package(body: str, **parts: str) -> bytes:
    """A .docx: the body, and other parts by their name in the folder word."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_rels/.rels", RELS)
        made.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return held.getvalue()


def p(*inside: str, mark: str = "") -> str:
    """A paragraph; `mark` is what happened to its end."""
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{''.join(inside)}</w:p>"


def r(text: str) -> str:
    """Words that nobody touched."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(text: str, who: str = "Ada", tag: str = "ins") -> str:
    """Words that somebody put in."""
    return f'<w:{tag} w:id="9" w:author="{who}" {WHEN}>{r(text)}</w:{tag}>'


def cut(text: str, who: str = "Ada", tag: str = "del") -> str:
    """Words that somebody struck out."""
    return f'<w:{tag} w:id="9" w:author="{who}" {WHEN}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:{tag}>'


def marked(kind: str = "ins", who: str = "Ada") -> str:
    """What happened to the end of a paragraph."""
    return f'<w:{kind} w:id="9" w:author="{who}" {WHEN}/>'


def start(number: int) -> str:
    """Here what a comment is about begins."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    """Here it ends."""
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def note(number: int, *lines: str, who: str = "Ada") -> str:
    """One Word comment; its last paragraph has the id that replies name."""
    paragraphs = "".join(f'<w:p w14:paraId="{number:07X}{at}">{r(line)}</w:p>' for at, line in enumerate(lines))
    return f'<w:comment w:id="{number}" w:author="{who}" {WHEN}>{paragraphs}</w:comment>'


def notes(*each: str) -> str:
    """The part of the comments."""
    return f"<w:comments {SPACES}>{''.join(each)}</w:comments>"


def extended(*pairs: tuple[int, int | None, bool]) -> str:
    """Which comment (of one paragraph each) replies to which, and whether it is resolved."""
    rows = []
    for number, parent, done in pairs:
        above = f' w15:paraIdParent="{parent:07X}0"' if parent is not None else ""
        rows.append(f'<w15:commentEx w15:paraId="{number:07X}0"{above} w15:done="{int(done)}"/>')
    return f"<w15:commentsEx {SPACES}>{''.join(rows)}</w15:commentsEx>"


def table(*lines: tuple[str, ...]) -> str:
    """A table; a cell is the XML of its paragraphs."""
    rows = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in line) + "</w:tr>" for line in lines)
    return f"<w:tbl>{rows}</w:tbl>"


def strict(data: bytes) -> bytes:
    """The same document in the strict dialect."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(name, content.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    return held.getvalue()
