"""Pure: the pictures in a paragraph of a Word document, where they stand and what their author says they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from consult.kit.text import one_line
from consult.office.ooxml import name, value

FIGURE = "[Figure]"
"""What a picture shows when nobody said it."""
_BY_MACHINE = re.compile(r"\s*(?:Description automatically generated|AI-generated content may be incorrect)[^.]*\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Drawn:
    """A picture: its element, the relation that leads to its bytes (empty: none, as for a chart), its kind where that is no file."""

    element: etree._Element
    relation: str
    alt: str
    kind: str = ""


def drawn(paragraph: etree._Element) -> Iterator[Drawn]:
    """The pictures of a paragraph in their order: DrawingML with a blip, older VML with image data, charts and diagrams; no shapes."""
    for element in paragraph.iter():
        if name(element) == "drawing":
            found = picture(element)
            if found:
                yield found
        elif name(element) == "imagedata":
            shape = element.getparent()
            yield Drawn(element, value(element, "id"), _alt(value(shape, "alt") or value(element, "title")))


def picture(drawing: etree._Element) -> Drawn | None:
    """What a drawing shows; None for a text box or a bare shape."""
    inside = {name(element): element for element in reversed(list(drawing.iter()))}
    said = inside.get("docPr")
    alt = _alt(value(said, "descr") or value(said, "title"))
    if "blip" in inside:
        return Drawn(drawing, value(inside["blip"], "embed"), alt)
    kind = value(inside.get("graphicData"), "uri").rpartition("/")[2]
    return Drawn(drawing, "", alt, kind) if kind in ("chart", "chartex", "diagram") else None


def _alt(said: str) -> str:
    """The description without what programs write of themselves."""
    return one_line(_BY_MACHINE.sub("", said), 500)
