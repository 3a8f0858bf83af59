"""Pure: small questions to the XML of an Office document, the same in its transitional and its strict dialect."""

from collections.abc import Iterator

from lxml import etree


def name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, wanted: str) -> Iterator[etree._Element]:
    """The direct children of that name; none of nothing."""
    if element is not None:
        yield from (one for one in element if name(one) == wanted)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child along a path of names, or None."""
    for step in path:
        element = next(children(element, step), None)
    return element


def value(element: etree._Element | None, wanted: str = "val") -> str:
    """An attribute by its name without namespace; empty when it or the element is missing."""
    if element is None:
        return ""
    return next((str(held) for key, held in element.attrib.items() if str(key).rpartition("}")[2] == wanted), "")


def flag(element: etree._Element | None) -> bool:
    """A switch: there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def integer(text: str, otherwise: int) -> int:
    """A whole number of at most six figures, or the other value."""
    return int(text) if text.isdecimal() and len(text) <= 6 else otherwise
