"""Pure: an HTML mail becomes lines of text, with what stood in quotes behind `> `."""

import re
from html import unescape

from lxml import etree, html

LARGEST = 2_000_000
DEEPEST = 10
SKIPPED = frozenset(("style", "script", "head", "title", "template", "noscript", "object", "svg"))
BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "tr",
        "table",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "hr",
        "address",
        "article",
        "section",
        "header",
        "footer",
        "dl",
        "dt",
        "dd",
        "center",
        "form",
        "fieldset",
        "body",
    )
)
SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table", "blockquote"))
RULE = "_" * 32
BORDER = re.compile(r"border-top\s*:\s*(?!none|0)[^;]*(?:solid|pt|px)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break)", re.IGNORECASE)


class _Page:
    """The lines written so far, and where the walk stands."""

    def __init__(self):
        self.lines: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.depth = self.hidden = self.pre = 0

    def write(self, text: str | None) -> None:
        if not text or self.hidden:
            return
        if not self.pre:
            self.words.append(re.sub(r"[ \t\r\n\f]+", " ", text))
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.words.append(first)
        for line in others:
            self.end_line(keep_empty=True)
            self.words.append(line)

    def end_line(self, keep_empty: bool = False) -> None:
        line = "".join(self.words).rstrip() if self.pre else "".join(self.words).strip(" \t\n")
        self.words.clear()
        if line or keep_empty:
            self.lines.append((self.depth, line.replace("\xa0", " ")))

    def gap(self) -> None:
        self.end_line()
        if self.lines and (self.lines[-1][1] or self.lines[-1][0] != self.depth):
            self.lines.append((self.depth, ""))

    def text(self) -> str:
        self.end_line()
        written = (">" * min(depth, DEEPEST) + (" " if depth and line else "") + line for depth, line in self.lines)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(written)).strip("\n")


def text_of(markup: str) -> str:
    """The words of an HTML mail, line by line; blockquotes become `> ` lines, the border above Outlook's header block a rule."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    tree = html.document_fromstring(markup[:LARGEST].encode("utf-8", "replace") or b"<p></p>", parser=parser)
    if any("depth" in error.message for error in parser.error_log):
        return re.sub(r"\n\s*\n+", "\n\n", unescape(re.sub(r"<[^<>]*>", "\n", markup[:LARGEST]))).strip()  # deeper than any program nests
    page = _Page()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        (_enter if event == "start" else _leave)(page, element)
    return page.text()


def _enter(page: _Page, element) -> None:
    tag, style = element.tag, element.get("style") or ""
    if tag in SKIPPED or HIDDEN.search(style):
        page.hidden += 1
    if page.hidden:
        return
    if tag == "br":
        page.end_line(keep_empty=True)
    elif tag in BLOCKS:
        page.gap() if tag in SPACED else page.end_line()
    if tag == "hr" or BORDER.search(style):
        page.lines.append((page.depth, RULE))
    if tag == "blockquote":
        page.depth += 1
    if tag == "pre" or KEPT_SPACE.search(style):
        page.pre += 1
    if tag == "li":
        page.words.append("- ")
    if tag in ("td", "th") and page.words:
        page.words.append(" ")
    page.write(element.text)


def _leave(page: _Page, element) -> None:
    tag, style = element.tag, element.get("style") or ""
    visible = not page.hidden
    if visible:
        if tag in BLOCKS and tag != "br":
            page.end_line()
        if tag == "pre" or KEPT_SPACE.search(style):
            page.pre -= 1
        if tag == "blockquote":
            page.depth -= 1
        if tag in SPACED:
            page.gap()
    if tag in SKIPPED or HIDDEN.search(style):
        page.hidden -= 1
    page.write(element.tail)
