"""Pure: words as WordprocessingML: runs in their direction, paragraphs, and where the comments on them begin and end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

UNKNOWN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 does not have (section 2.2)."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")
_LETTERS = re.compile(f"{RIGHT_TO_LEFT.pattern}|{LEFT_TO_RIGHT.pattern}")


@dataclass(frozen=True)
class Span:
    """What a comment is about: characters from, to (of the text of a piece), and the number it has in the document."""

    start: int
    end: int
    number: int


def clean(text: str) -> str:
    """Text that an XML file can hold."""
    return UNKNOWN.sub("", text)


def attribute(text: str) -> str:
    """The same as an attribute, its quotation marks around it."""
    return quoteattr(clean(text))


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of a text is read from right to left."""
    first = _LETTERS.search(text)
    return first is not None and RIGHT_TO_LEFT.match(first[0]) is not None


def runs(text: str, properties: str = "", rtl: bool | None = None) -> str:
    """A text as runs, one for each stretch of one direction; signs between two stretches belong to the direction of the paragraph."""
    rtl = is_right_to_left(text) if rtl is None else rtl
    return "".join(_run(part, properties, right) for part, right in _stretches(text, rtl))


def _stretches(text: str, rtl: bool) -> Iterable[tuple[str, bool]]:
    if not RIGHT_TO_LEFT.search(text):
        return [(text, rtl and not LEFT_TO_RIGHT.search(text))] if text else []
    found: list[tuple[int, bool]] = []
    for letter in _LETTERS.finditer(text):
        right = RIGHT_TO_LEFT.match(letter[0]) is not None
        if not found or found[-1][1] != right:
            found.append((letter.start() if found else 0, right if found or right == rtl else right))
    bounds = [start for start, _ in found] + [len(text)]
    return [(text[a:b], right) for (a, right), b in zip(found, bounds[1:], strict=True) if b > a]


def _run(text: str, properties: str, right: bool) -> str:
    properties += "<w:rtl/>" if right else ""
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = clean(text).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in lines)
    return f"<w:r>{held}{words}</w:r>"


def opened(number: int) -> str:
    """Here what a comment is about begins."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def closed(number: int) -> str:
    """Here it ends; the sign by which Word knows the comment."""
    mark = f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeEnd w:id="{number}"/>{mark}'


def marked(text: str, spans: Sequence[Span], rtl: bool | None = None) -> str:
    """A text with the comments on it, cut into runs where one of them begins or ends."""
    return marked_at(text, [(span.start, span.number) for span in spans], [(span.end, span.number) for span in spans], rtl)


def marked_at(text: str, begins: Sequence[tuple[int, int]], ends: Sequence[tuple[int, int]], rtl: bool | None = None) -> str:
    """The same where comments may begin and end in different texts: (place, number of the comment)."""
    made, places = [], sorted({0, len(text), *(at for at, _ in (*begins, *ends))})
    for at, until in zip(places, [*places[1:], len(text)], strict=True):
        here = [number for place, number in begins if place == at]
        over = [number for place, number in ends if place == at]
        made += [closed(number) for number in over if number not in here]
        made += [opened(number) for number in here]
        made += [closed(number) for number in over if number in here]
        made.append(runs(text[at:until], rtl=rtl))
    return "".join(made)


def paragraph(inside: str, style: str = "", rtl: bool = False, more: str = "") -> str:
    """A paragraph of that style; `more`: further properties, in the order that the schema wants after the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"{named}{more}{'<w:bidi/>' if rtl else ''}"
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"
