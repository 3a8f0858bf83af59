"""Pure: undoing the line ends that mail programs put into people's paragraphs, and no line end that a person meant.

A line is joined to the one above only where nearly everything speaks for it: the line above is as long as mail programs make them, the
first word below would not have fitted, and the sentence goes on. Lists, marks, tables, code, verse, addresses, signatures: left alone.
"""

import re
import unicodedata
from itertools import pairwise

SHORTEST, LONGEST = 60, 80
"""Columns of a line that a mail program ended; a Chinese character takes two."""
LEAST_LIMIT = 66
"""No mail program wraps sooner, so a word that would have fitted into so many columns was put on a new line by a person."""
SIGNATURE = re.compile(r"--[ \t]?|_{5,}|-{5,}")
BEGINS = re.compile(
    r"[-*+•‣◦–—·○●▪■►✓>|#$\[［【§¶<]"  # bullets, quotes, tables, paragraph marks
    r"|[(（]?(?:\d{1,4}|[^\W\d_]|[ivxlc]{1,5}|[一二三四五六七八九十百]{1,4})[.)）、．:]"  # 12. (a) iv) 一、
    r"|\d{1,4}(?:\s|$)|第[ \t]?\d|[㈠-㈩①-⑳]"
    r"|[^\W\d_]{2,16}(?:[ \t][^\W\d_]{1,16}){0,2}[ \t\u00a0\u202f]?[:：](?:\s|$)"  # PROPOSED: Texte proposé :
)
LAID_OUT = re.compile(r"\S(?:[ ]{3,}|\t)|[ \t]\|[ \t]|[│┃═]|[{}\\]$|\(\);|[=!]=|=>")
FULL_STOP = re.compile(r"[.!?…;。！？；؟؛][\"'”’»）)\]]*$")
OPENS = re.compile(r"[:：]$")
KEPT_APART = re.compile(r"(?:and|or|to|et|ou|à|y|o|e|и|или|до)\b")


def unwrapped(text: str) -> str:
    """The text with each paragraph on one line again, as its author wrote it before a mail program cut it into lines of 60 to 80 columns
    (30 to 40 Chinese characters). Nothing but line ends and blanks changes."""
    lines, done, block = text.split("\n"), [], []
    for at, line in enumerate(lines):
        if SIGNATURE.fullmatch(line):
            return "\n".join([*done, *_joined(block), *lines[at:]])
        if line.strip():
            block.append(line)
        else:
            done += [*_joined(block), line]
            block = []
    return "\n".join([*done, *_joined(block)])


def _joined(block: list[str]) -> list[str]:
    """A block of lines without an empty one between them, with those joined that belong together."""
    widths = [_columns(line.rstrip()) for line in block]
    if any(wide > LONGEST and " " in line.strip() for wide, line in zip(widths, block, strict=True)):
        return block
    limit = max([LEAST_LIMIT, *(wide for wide in widths if wide <= LONGEST)])
    judged = [_continues(above, below, limit) for above, below in pairwise(block)]
    wrapped = "surely" in judged
    lines = block[:1]
    for below, how in zip(block[1:], judged, strict=True):
        if how == "surely" or (how == "perhaps" and wrapped):
            lines[-1] = _together(lines[-1], below)
        else:
            lines.append(below)
    return lines


def _continues(above: str, below: str, limit: int) -> str:
    """Whether a line goes on with the sentence of the one above: `surely`, `perhaps` (where the lines around do) or `no`."""
    over = above.rstrip()
    wide = _columns(over)
    if not SHORTEST <= wide <= LONGEST or wide + _least_more(over, below) <= limit:
        return "no"
    if above[0].isspace() or below[0].isspace() or above[0] in ">|" or BEGINS.match(below) or OPENS.search(over):
        return "no"
    if LAID_OUT.search(over) or LAID_OUT.search(below.rstrip()) or not any(map(str.isalpha, below)):
        return "no"
    return "perhaps" if FULL_STOP.search(over) or _is_capital(below[0]) or not below[0].isalpha() else "surely"


def _least_more(above: str, below: str) -> int:
    """How many columns more the line above would have needed to hold the first word of the one below; of Chinese, its first characters,
    with room for the marks that may not begin or end a line."""
    if _wide(above[-1]) or _wide(below[0]):
        return 5
    return 1 + _columns(below.split(maxsplit=1)[0])


def _together(above: str, below: str) -> str:
    over = above.rstrip()
    hyphen = over[-1] == "-" and over[-2:-1].isalpha() and below[0].islower() and not KEPT_APART.match(below)
    return over + ("" if hyphen or (_wide(over[-1]) and _wide(below[0])) else " ") + below


def _is_capital(sign: str) -> bool:
    return sign.isupper() or sign.istitle()


def _wide(sign: str) -> bool:
    """Whether a character belongs to a script that is written without blanks (Korean is not)."""
    return unicodedata.east_asian_width(sign) in "WF" and not unicodedata.name(sign, "").startswith("HANGUL")


def _columns(text: str) -> int:
    """How wide a text is shown."""
    if text.isascii():
        return len(text)
    return sum(_breadth(sign) for sign in text)


def _breadth(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
