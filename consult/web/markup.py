"""Text that people write, made into HTML that cannot do harm. Stored once when it is written, shown as it is.

Three steps: Markdown (HTML in it is shown, not obeyed), then two cleaners, each of which would be enough alone. bleach is in its
last release and nh3 is alive; whoever drops one changes one line here.
"""

import re
import threading
from urllib.parse import urlsplit

import nh3
from bleach.sanitizer import Cleaner
from markdown import Markdown
from markupsafe import escape

LONGEST = 100_000
MOST_BRACKETS = 100
MOST_SIGNS = 5000
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_DEEP_QUOTE = re.compile(r"^((?:[ \t]*>){20})[ \t>]+", re.MULTILINE)
# Most remarks hold nothing that Markdown could mean: a sign of its own, a list, an indented or broken line.
_MEANING = re.compile(r"[^\w \n.,;?!()'’‘“”«»%/§（），。、；：？！—–…-]|^\d+[.)]|^[-( ]|[ -]$|(?<!\w)-|-(?!\w)|_", re.MULTILINE)
_tools = threading.local()  # neither Markdown nor bleach may be shared by threads


def safe_html(text: str) -> str:
    """A comment, an answer, a guidance as HTML: paragraphs, emphasis, lists, quotes, links; no pictures, no other markup."""
    if not _MEANING.search(text) or len(text) > LONGEST or len(re.findall(r"[*_`\\<&\[]", text)) > MOST_SIGNS:
        return plain_html(text)
    try:
        return _through_nh3(_through_bleach(_markdown(text)))
    except RecursionError:
        del _tools.markdown  # it stopped in the middle of a list or a quote, and would go on there with the next text
        return plain_html(text)


def plain_html(text: str) -> str:
    """The text exactly as typed, in paragraphs, nothing in it understood as markup."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return "\n".join("<p>" + "<br>\n".join(str(escape(line)) for line in part.split("\n")) + "</p>" for part in paragraphs)


def _markdown(text: str) -> str:
    if not hasattr(_tools, "markdown"):
        _tools.markdown = _new_markdown()
    return _tools.markdown.reset().convert(_tamed(text))


def _new_markdown() -> Markdown:
    """Markdown without raw HTML and pictures, and without headings: those belong to the page, and a line of dashes is no title."""
    made = Markdown(extensions=["nl2br", "sane_lists"], output_format="html")
    made.preprocessors.deregister("html_block")
    for name in ("hashheader", "setextheader"):
        made.parser.blockprocessors.deregister(name)
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        made.inlinePatterns.deregister(name)
    return made


def _tamed(text: str) -> str:
    """Brackets by the hundred cost Markdown seconds, and quotes in quotes in quotes its stack: neither means anything."""
    text = _DEEP_QUOTE.sub(r"\1 ", text)
    paragraphs = re.split(r"(\n[ \t]*\n)", text)
    return "".join(part.replace("[", "\\[") if part.count("[") > MOST_BRACKETS else part for part in paragraphs)


def _through_bleach(html: str) -> str:
    if not hasattr(_tools, "cleaner"):
        _tools.cleaner = Cleaner(tags=TAGS, attributes=_allowed, protocols=SCHEMES, strip=True, strip_comments=True)
    return _tools.cleaner.clean(html)


def _through_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if name == "rel" or _allowed(tag, name, value) else None,
        url_schemes=SCHEMES,
        link_rel="noreferrer noopener",
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    """Only links that say http, https or mailto: bleach takes `javascript:1` for a host, and a path would lead into our own pages."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return _scheme(value) in SCHEMES
    return name != "start" or value.isdigit()


def _scheme(address: str) -> str:
    try:
        return urlsplit("".join(address.split())).scheme.lower()
    except ValueError:
        return ""
