"""Pure: plain text and Markdown parted into blocks, before anybody asks which number belongs where.

A block is what stands together on the page: lines wrapped by a mail client are joined again, a number alone on its line is joined
with the text below it, Markdown headings, tables, bullets and footnotes are recognised by their signs. Rules and markup are dropped.
"""

import re
import unicodedata
from dataclasses import dataclass

from consult.drafts.numbering import find_label

WRAP_LIMIT = 120
"""Columns: a text with a longer line than this was not wrapped by hand, so each of its lines stands alone."""

WRAP_LEAST = 30
"""Columns: lines shorter than this are lines, not wrapped text."""

_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?$")
_RULE = re.compile(r"(?:[-_*—–]\s*){3,}$")
_UNDERLINE = re.compile(r"=+$|-+$")
BULLET = re.compile(r"([-*+•–—·◦●▪■□])\s+(?=\S)")
_NOTE = re.compile(r"(\[\^[^\]\s]{1,20}\]:?|[¹²³⁰-⁹]{1,4}|\d{1,3}/(?=\s)|\*{1,6}/(?=\s))\s*(?=\S)")
_LAST_NOTE = re.compile(r"([(*†‡§]{1,6}|\[\d{1,3}\]|\d{1,3}(?:[/)]|(?=\s)))\s+(?=\S)")
_TABLE_LINE = re.compile(r"\|.*\|$")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_CLOSING = re.compile(r"[.;:!?。；：！？؛؟…](?:[\"'”’»)\]）」]*)$|[,，、،]$|\b(?:and|or|et|ou|y|o|и|или)$")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufeff\u202a-\u202e\u2066-\u2069]")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass
class Block:
    """One thing on the page: its text, what its markup says it is ("" when only its words can tell), its printed sign, its picture."""

    text: str
    kind: str = ""
    level: int = 0
    printed: str = ""
    image: bytes = b""


def clean(line: str) -> str:
    """A line without unseen control signs, and with every run of white space as one blank."""
    return " ".join(_UNSEEN.sub("", line).split()).strip("\u200e\u200f").strip()


def width(text: str) -> int:
    """How many columns the text takes on a page; a Han character takes two."""
    return len(text) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def closes(text: str) -> bool:
    """Whether the text ends like a sentence or like a member of an enumeration."""
    return bool(_CLOSING.search(text[-20:]))


def is_rule(line: str) -> bool:
    """A line of strokes only: it parts the page and says nothing."""
    return bool(_RULE.match(line))


def blocks(text: str) -> list[Block]:
    """Part a text into its blocks."""
    lines = [clean(line) for line in text.splitlines()]
    found = _gathered(lines, _wrap_column(lines))
    return settled(found)


def settled(found: list[Block]) -> list[Block]:
    """Blocks as they belong together: lonely numbers joined to their text, closing notes known as notes, rules left out."""
    return _notes_below_last_rule(_lonely_joined(found))


def _wrap_column(lines: list[str]) -> int:
    """The column at which the text was wrapped by hand, 0 when it was not: told by the lines that end in mid-sentence above another."""
    if any(len(line) > WRAP_LIMIT or width(line) > WRAP_LIMIT for line in lines if not _TABLE_LINE.match(line)):
        return 0
    broken = [
        width(line) for line, below in zip(lines, lines[1:], strict=False) if line and below and not closes(line) and not _starts(below)
    ]
    column = sorted(broken)[len(broken) * 3 // 4] if broken else 0
    return column if column >= WRAP_LEAST else 0


def _starts(line: str) -> bool:
    return _is_marked(line) or find_label(line) is not None


def _gathered(lines: list[str], column: int) -> list[Block]:
    found: list[Block] = []
    above = ""
    for line in lines:
        last = found[-1] if found else None
        if last and above and _underlines(line, above, last):
            last.kind, last.level = "heading", 1 if line[0] == "=" else 2
        elif last and above and _TABLE_LINE.match(line) and last.kind == "table":
            last.text += "" if _TABLE_RULE.match(line) else "\n" + _cells(line)
        elif last and above and _continues(line, above, last, column):
            last.text = joined(last.text, line)
        elif line:
            found.append(_block(line))
        above = line
    return [block for block in found if block.text or block.kind == "rule"]


def _underlines(line: str, above: str, last: Block) -> bool:
    return bool(len(line) > 2 and _UNDERLINE.match(line) and last.kind == "" and last.text == above and not closes(above))


def _continues(line: str, above: str, last: Block, column: int) -> bool:
    """Whether the line goes on with the sentence above: its first word would not have fitted there."""
    if last.kind in ("heading", "table", "rule") or _is_marked(line):
        return False
    if find_label(line) and closes(above):
        return False
    first = line[0] if _HAN.match(line) else line.split(" ", 1)[0]
    return bool(column) and width(above) + 1 + width(first) > column


def _is_marked(line: str) -> bool:
    return bool(_HEADING.match(line) or _RULE.match(line) or BULLET.match(line) or _NOTE.match(line) or _TABLE_LINE.match(line))


def joined(above: str, below: str) -> str:
    """Two lines as one: with a blank between words, without one between Han characters."""
    tight = not above or (_HAN.match(above[-1]) and _HAN.match(below[:1]))
    return above + ("" if tight else " ") + below


def _block(line: str) -> Block:
    if _RULE.match(line):
        return Block("", "rule")
    if match := _HEADING.match(line):
        return Block(match[2], "heading", len(match[1]))
    if _TABLE_LINE.match(line) and len(line) > 2:
        return Block("" if _TABLE_RULE.match(line) else _cells(line), "table")
    if match := _NOTE.match(line):
        return Block(line[match.end() :], "note", printed=match[1])
    if match := BULLET.match(line):
        return Block(line[match.end() :], "list", printed=match[1])
    return Block(line)


def _cells(line: str) -> str:
    return " | ".join(cell.strip() for cell in line.strip("|").split("|"))


def _lonely_joined(found: list[Block]) -> list[Block]:
    """Put a number that stands alone on its line together with the text below it."""
    result: list[Block] = []
    for block in found:
        above = result[-1] if result else None
        if above and block.kind == "" and not find_label(block.text) and _is_lonely(above):
            above.text += " " + block.text
        else:
            result.append(block)
    return result


def _is_lonely(block: Block) -> bool:
    label = find_label(block.text) if block.kind == "" and len(block.text) < 20 else None
    return bool(label and not label.rest)


def _notes_below_last_rule(found: list[Block]) -> list[Block]:
    """What stands below a rule at the end of a document are its notes."""
    rule = max((place for place, block in enumerate(found) if block.kind == "rule"), default=None)
    kept = [block for block in found if block.kind != "rule"]
    if rule is None:
        return kept
    tail = found[rule + 1 :]
    if tail and all(block.kind == "note" or block.printed == "*" or _LAST_NOTE.match(block.text) for block in tail):
        for block in tail:
            _turn_into_note(block)
    return kept


def _turn_into_note(block: Block) -> None:
    match = None if block.printed else _LAST_NOTE.match(block.text)
    block.kind = "note"
    if match:
        block.printed, block.text = match[1], block.text[match.end() :]
