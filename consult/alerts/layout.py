"""Pure: a letter's text in short lines, for a telephone as for a terminal, in any of the six languages."""

import re
import unicodedata
from functools import lru_cache
from html import escape

WIDTH = 72
NEVER_FIRST = frozenset("，。、；：？！）》」』】〉〕…·％”’,.;:?!)]}%")
NEVER_LAST = frozenset("（《「『【〈〔“‘([{")
GAP = re.compile(r"[ \t]+")


@lru_cache(maxsize=4000)
def wrapped(text: str, width: int = WIDTH) -> str:
    """The text in lines of at most that many columns. Words are never broken (a longer one stands alone); Chinese breaks between
    characters; an indented line stays indented."""
    return "\n".join(line for raw in text.split("\n") for line in _lines(raw, width))


def columns(text: str) -> int:
    """How wide a text is shown: two columns for Chinese characters, none for marks above letters."""
    if text.isascii():
        return len(text)
    return sum(_wide(c) for c in text)


def _wide(c: str) -> int:
    if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _lines(raw: str, width: int) -> list[str]:
    indent = raw[: len(raw) - len(raw.lstrip(" "))][: width // 2]
    words = [word for word in GAP.split(raw.strip(" \t")) if word]
    hanging = indent + ("  " if words[:1] == ["-"] else "")
    lines, line, used = [], "", 0
    for word in words:
        for glued, piece in enumerate(_pieces(word)):
            space = 1 if line and not glued else 0
            wide = columns(piece)
            if line and used + space + wide > width - len(hanging):
                lines.append((hanging if lines else indent) + line)
                line, used, space = "", 0, 0
            line, used = line + " " * space + piece, used + space + wide
    return [*lines, (hanging if lines else indent) + line] if line else lines or [""]


def _pieces(word: str) -> list[str]:
    """Where a word may be broken: nowhere but between Chinese characters, there never before a closing mark or after an opening one."""
    if word.isascii() or not any(_wide(c) == 2 for c in word):
        return [word]
    pieces = [word[0]]
    for before, c in zip(word, word[1:], strict=False):
        apart = (_wide(c) == 2 or _wide(before) == 2) and c not in NEVER_FIRST and before not in NEVER_LAST and _wide(c) > 0
        if apart:
            pieces.append(c)
        else:
            pieces[-1] += c
    return pieces


def as_html(blocks: list[str], *, language: str, direction: str, home: str) -> str:
    """The same letter for people who want HTML: every block a paragraph, everything escaped, addresses of our own pages as links."""
    paragraphs = "\n".join(html_block(block, home) for block in blocks)
    return f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{escape(direction)}"><body>\n{paragraphs}\n</body></html>\n'


@lru_cache(maxsize=2000)
def html_block(block: str, home: str) -> str:
    """One block as a paragraph of HTML."""
    lines = "<br>\n".join(_linked(line.strip(), home) for line in block.split("\n"))
    tag = "blockquote" if block.startswith("  ") else "p"
    return f'<{tag} dir="auto">{lines}</{tag}>'


def _linked(line: str, home: str) -> str:
    found = re.search(re.escape(home) + r"/[A-Za-z0-9/_.?=&%-]*", line)
    if not found:
        return escape(line)
    address = escape(found[0])
    return f'{escape(line[: found.start()])}<a href="{address}">{address}</a>{escape(line[found.end() :])}'
