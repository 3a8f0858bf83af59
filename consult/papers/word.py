"""Pure: a version as a Word document (.docx) that everybody's Word, and LibreOffice, opens and sends back: numbered as printed, with its
label on every page, and if asked with every comment in its place, answers and responses below it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from consult.papers import wordparts
from consult.papers.wordbody import Body, Picture, body
from consult.papers.wordparts import EXTENDED, HEAD, RELATION, SPACES
from consult.papers.wordruns import Span, attribute, is_right_to_left, paragraph, runs

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time on every part: the same text is the same file."""
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1985" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
    'w:gutter="0"/>{bidi}</w:sectPr>'
)


@dataclass(frozen=True)
class Said:
    """Words of one person at one moment."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Remark:
    """A comment for the margin: the place of its piece (None: the whole text), the words it quotes, what was said below it."""

    said: Said
    place: int | None = None
    quote: str = ""
    replies: tuple[Said, ...] = ()


def document(
    head: Mapping, pieces: Sequence, remarks: Sequence[Remark] = (), pictures: Mapping[int, Picture] | None = None, *, author: str = "",
    published: datetime | None = None,
) -> bytes:  # fmt: skip
    """The file. `head`: title, short, symbol, version, about, label, language, page, figure (making.head_of); pieces: rows with kind,
    level, printed, text, file_id; `pictures` by file_id."""
    rtl = head["language"] == "ar"
    numbers = _numbers(remarks)
    made = body(pieces, _spans(pieces, remarks, numbers), pictures or {}, rtl, head["figure"])
    parts = _parts(head, made, remarks, numbers, rtl)
    core = wordparts.core(head["title"], author, _moment(published) if published else "")
    return _zipped(parts, made.pictures, core)


def _numbers(remarks: Sequence[Remark]) -> list[int]:
    """The number of each comment in the document; its replies have the numbers after it."""
    numbers, following = [], 0
    for remark in remarks:
        numbers.append(following)
        following += 1 + len(remark.replies)
    return numbers


def _spans(pieces: Sequence, remarks: Sequence[Remark], numbers: Sequence[int]) -> dict[int | None, list[Span]]:
    """What each comment and each of its replies is about, by piece."""
    found: dict[int | None, list[Span]] = {}
    for remark, number in zip(remarks, numbers, strict=True):
        text = pieces[remark.place].text if remark.place is not None else ""
        start = text.find(remark.quote) if remark.quote else -1
        span = Span(start, start + len(remark.quote), number) if start >= 0 else Span(0, len(text), number)
        found.setdefault(remark.place, []).extend(replace(span, number=number + more) for more in range(1 + len(remark.replies)))
    return found


def _parts(head: Mapping, made: Body, remarks: Sequence[Remark], numbers: Sequence[int], rtl: bool) -> dict[str, str]:
    section = SECTION.format(bidi="<w:bidi/>" if rtl else "")
    parts = {
        "document": f"{HEAD}<w:document {SPACES}><w:body>{''.join(made.xml)}{section}</w:body></w:document>",
        "styles": wordparts.styles(head["language"]),
        "settings": wordparts.settings(),
        "header1": wordparts.header(head, rtl),
        "footer1": wordparts.footer(head["page"]),
        "footnotes": wordparts.footnotes(made.footnotes),
    }
    if remarks:
        parts["comments"], parts["commentsExtended"] = _comments(remarks, numbers)
    return parts


def _comments(remarks: Sequence[Remark], numbers: Sequence[int]) -> tuple[str, str]:
    """The comments, and which of them are replies to which (the id of a comment's last paragraph is what replies name)."""
    own, threads = [], []
    for remark, number in zip(remarks, numbers, strict=True):
        for more, said in enumerate((remark.said, *remark.replies)):
            own.append(_comment(number + more, said))
            above = f' w15:paraIdParent="{_paragraph_id(number)}"' if more else ""
            threads.append(f'<w15:commentEx w15:paraId="{_paragraph_id(number + more)}"{above} w15:done="0"/>')
    return (
        f"{HEAD}<w:comments {SPACES}>{''.join(own)}</w:comments>",
        f"{HEAD}<w15:commentsEx {SPACES}>{''.join(threads)}</w15:commentsEx>",
    )


def _comment(number: int, said: Said) -> str:
    lines = said.text.split("\n")
    made = [paragraph(runs(line), "CommentText", is_right_to_left(line)) for line in lines]
    made[-1] = made[-1].replace("<w:p>", f'<w:p w14:paraId="{_paragraph_id(number)}">', 1)
    who = f"w:author={attribute(said.author)} w:initials={attribute(_initials(said.author))}"
    return f'<w:comment w:id="{number}" {who} w:date="{_moment(said.at)}">{"".join(made)}</w:comment>'


def _paragraph_id(number: int) -> str:
    return f"{number + 1:08X}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:4]).upper()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _zipped(parts: dict[str, str], pictures: Sequence[Picture], core: str) -> bytes:
    images = [(f"pic{number}", f"media/pic{number}.{picture.kind}", picture) for number, picture in enumerate(pictures, 1)]
    beside = [(part, EXTENDED if part == "commentsExtended" else f"{RELATION}/{part.rstrip('1')}", f"{part}.xml") for part in parts]
    belongs = [row for row in beside if row[0] != "document"] + [(key, f"{RELATION}/image", target) for key, target, _ in images]
    top = [
        ("document", f"{RELATION}/officeDocument", "word/document.xml"),
        ("core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    files = {
        "[Content_Types].xml": wordparts.content_types(list(parts), {picture.kind for picture in pictures}),
        "_rels/.rels": wordparts.relations(top),
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": wordparts.relations(belongs),
    }
    files |= {f"word/{part}.xml": content for part, content in parts.items()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, EPOCH), content.encode(), zipfile.ZIP_DEFLATED)
        for _, target, picture in images:
            made.writestr(zipfile.ZipInfo(f"word/{target}", EPOCH), picture.content)
    return held.getvalue()
