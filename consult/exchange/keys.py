"""Pure: what makes two rows the same remark, and how the place that a row names is written down for people."""

import hashlib
import json
import re
from collections import Counter

from rapidfuzz import fuzz

from consult.exchange.rows import Row

SAYS = (
    "reference", "on_behalf_of", "name", "section", "paragraph", "sentence", "page_from", "line_from", "page_to", "line_to", "figure",
    "scope", "mark", "quote", "type", "comment", "proposed", "reason", "batch",
)  # fmt: skip
ALIKE = 45
"""Likeness in per cent from which a proposal is shown as a difference to its paragraph."""
_SIGNS = re.compile(r"[\W_]+")


class Keys:
    """Gives each row of a file a key: the same for the same words at the same place by the same people, whenever the file comes again.

    What became of a comment is no part of it, so that a file which comes back with observations is known. Rows that are twice in the
    file are two remarks.
    """

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def key(self, row: Row) -> str:
        """40 hex digits."""
        held = [" ".join(str(getattr(row, name)).split()) for name in SAYS]
        first = hashlib.sha256(json.dumps(held).encode(errors="replace")).hexdigest()[:32]
        self.seen[first] += 1
        return f"{first}{self.seen[first]:08x}"


def words(comment: str, proposed: str, reason: str) -> str:
    """What is said, whatever the capitals, signs and line ends."""
    return hashlib.sha256(_SIGNS.sub(" ", f"{comment} {proposed} {reason}".casefold()).strip().encode(errors="replace")).hexdigest()[:16]


def people(*names: str) -> set[str]:
    """Names as they are compared."""
    return {" ".join(name.casefold().split()) for name in names if name.strip()}


def location(row: Row) -> str:
    """The place as the row names it, on one line."""
    begins = _page_line(row.page_from, row.line_from)
    ends = _page_line(row.page_to if row.page_to != row.page_from or not row.line_to else "", row.line_to)
    pages = f"{begins}–{ends}" if ends and ends != begins else begins
    parts = (row.section, row.paragraph and f"para. {row.paragraph}", row.sentence, row.figure, pages)
    return ", ".join(part for part in parts if part)[:300]


def alike(present: str, proposed: str) -> bool:
    """Whether a proposal is the paragraph in other words; many forms say “add … after …” instead, which is no difference to be shown."""
    return fuzz.ratio(present, proposed) >= ALIKE


def _page_line(page: str, line: str) -> str:
    return " ".join(part for part in (page and f"p. {page}", line and f"l. {line}") if part)
