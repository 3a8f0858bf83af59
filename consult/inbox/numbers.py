"""Pure: how people name a comment by its number when they answer a digest: `#57`, `57:`, `comment 57 -`, in six languages."""

import re
from dataclasses import dataclass

from consult.review.grammar import S
from consult.review.marks import DIGIT, normal

WORDS = (
    "comments?|comm?entaires?|observations?|comentarios?|observaci(?:ón|on|ones)|замечани[ею]|комментари[йю]|评论|意见|"
    "التعليق|تعليق|للتعليق|الملاحظة|ملاحظة"
)
LABEL = rf"(?:[{DIGIT}]{{1,6}}{S}?/{S}?)?[{DIGIT}]{{1,5}}"
BEFORE = rf"{S}{{0,8}}(?:re[: ]{S}?|on{S}|to{S}|à{S}|al?{S}|на{S}|к{S})?"
CLOSED = re.compile(rf"{S}{{0,3}}(?:[:：.。,，،;；—–-]+(?=\s|$|[^\d\s])|$){S}*")
HASHED = re.compile(rf"{S}{{0,8}}[#＃№]{S}?({LABEL})(?![{DIGIT}/])", re.IGNORECASE)
NAMED = re.compile(rf"{BEFORE}(?:{WORDS}){S}{{0,3}}(?:n[°ºo]\.?{S}?|no\.{S}?|№{S}?|#{S}?)?({LABEL})(?![{DIGIT}/])", re.IGNORECASE)
BARE = re.compile(rf"{S}{{0,8}}({LABEL}){S}?[:：](?=\s|$|[^\d\s/])")


@dataclass(frozen=True)
class Numbered:
    """A comment that a line begins by naming: its number, where the remark begins, and whether it can be nothing else."""

    label: str
    end: int
    sure: bool


def numbered(line: str) -> Numbered | None:
    """The comment that a line begins by naming, or None. In “Comment 57 is right” the sentence stays whole."""
    if found := BARE.match(line):
        return Numbered(_label(found[1]), found.end(), False)
    found = HASHED.match(line) or NAMED.match(line)
    if not found:
        return None
    closing = CLOSED.match(line, found.end())
    if closing:
        return Numbered(_label(found[1]), closing.end(), True)
    return Numbered(_label(found[1]), found.end() if HASHED.match(line) else 0, True)


def _label(written: str) -> str:
    return normal(written)
