"""How long a returned Word file (150 pages, 300 comments, 500 tracked changes) takes to read and to place, and the text to write."""

import io
import time
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace
from xml.sax.saxutils import escape

from lxml import etree

from bench import world
from bench.figures import Figure, by_turns, tell
from consult.drafts.cutting import cut
from consult.exchange.word import read_word
from consult.office.annotations import read_annotations
from consult.papers.word import Remark, Said
from consult.papers.word import document as as_word

PARAGRAPHS, COMMENTS, CHANGES = 750, 300, 500
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def document(blocks: list[str]) -> bytes:
    """The text with a run for every few words, as Word leaves it, comments and changes spread over it."""
    body, made, changed = [], [], 0
    for number, block in enumerate(blocks):
        words = block.split(" ")
        parts = [_run(" ".join(words[at : at + 8]) + " ") for at in range(0, len(words), 8)]
        if number % (PARAGRAPHS // COMMENTS) == 0 and len(made) < COMMENTS:
            parts[1] = f'<w:commentRangeStart w:id="{len(made)}"/>{parts[1]}<w:commentRangeEnd w:id="{len(made)}"/>'
            made.append(
                f'<w:comment w:id="{len(made)}" w:author="Ada" w:date="2026-11-23T10:00:00Z"><w:p>{_run(world.prose(30))}</w:p></w:comment>'
            )
        if number % 3 and changed < CHANGES:
            who = f'w:author="{"Ada" if number % 2 else "Ben"}" w:date="2026-11-23T10:00:00Z"'
            parts[2] = f"<w:del {who}>{parts[2].replace('w:t', 'w:delText')}</w:del><w:ins {who}>{_run('in other words ')}</w:ins>"
            changed += 1
        body.append(f"<w:p>{''.join(parts)}</w:p>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("_rels/.rels", HEAD)
        into.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{''.join(body)}</w:body></w:document>")
        into.writestr("word/comments.xml", f"<w:comments {SPACE}>{''.join(made)}</w:comments>")
    return held.getvalue()


def _run(words: str) -> str:
    return f'<w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _parsed(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))


HEAD_LINES = {"title": "Report", "short": "Report", "symbol": "", "version": [], "about": []}
HEAD_LINES |= {"label": "Draft", "language": "en", "page": "", "figure": ""}


def _exported(pieces: list) -> bytes:
    said = Said("Ada", datetime(2026, 11, 23, tzinfo=UTC), "Please clarify what is meant.")
    remarks = [Remark(said, at, pieces[at].text[5:40], (said,)) for at in range(COMMENTS)]
    rows = [SimpleNamespace(kind=p.kind, level=p.level, printed=p.printed, text=p.text, file_id=None) for p in pieces]
    return as_word(HEAD_LINES, rows, remarks)


def _zipped(pieces: list) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("text.xml", "".join(_run(piece.text) for piece in pieces))
    return held.getvalue()


def measure() -> list[Figure]:
    """Reading and placing against parsing the same XML; the bar is on the whole."""
    blocks = world.text(PARAGRAPHS).split("\n\n")
    data, pieces = document(blocks), cut("\n\n".join(blocks))
    parsed, read = by_turns(5, lambda: _parsed(data), lambda: read_annotations(data))
    start = time.perf_counter()
    found = read_word(data, pieces)
    whole = (time.perf_counter() - start) * 1000
    written, bare = by_turns(3, lambda: _exported(pieces), lambda: _zipped(pieces))
    return [
        tell(Figure("writing the text as a Word file with 300 comments and as many answers", written, "ms", bare)),
        tell(Figure("reading 300 Word comments and 500 tracked changes", read, "ms", parsed)),
        tell(Figure(f"reading and placing them ({len(found.placed)} rows)", whole, "ms", most=3000, bar="3 s")),
    ]
