"""Pure: on which paragraph of a version the words of a row want to stand, and how sure that is. Nothing is guessed without saying so."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from consult.exchange.cells import plain
from consult.exchange.rows import Row
from consult.kit.words import N_

SURE = 0.9
"""From here on a placement is shown as certain."""
NO_PLACE = N_("The row does not say where, so it counts for the whole document.")
NOT_FOUND = N_("“%(place)s” was not found in this version. The comment counts for the whole document until it is placed by hand.")
NO_LINES = N_("Page %(page)s, line %(line)s: nothing is known about the lines of this version. Place the comment by hand.")
SEVERAL = N_("The row names several paragraphs (%(place)s); it was placed on the first of them.")
NEAREST = N_("There is no %(place)s here; the row was placed on %(mark)s.")
ELSEWHERE = N_("%(mark)s does not stand in “%(section)s” here; check that the row is about this text and this paragraph.")
COUNTED = N_("%(place)s was counted from the heading, because the paragraphs there have no such number.")
IN_QUOTE = N_("The row does not name a paragraph; it was placed where the words it quotes stand.")
NOT_QUOTED = N_("The quoted words do not stand in this version as they are quoted.")
DATED = N_("A spreadsheet has turned the place into a date (%(place)s). Place the comment by hand.")
TWICE = N_("“%(place)s” stands at more than one place; the row was placed on the first.")

_NUMBER = r"\d{1,4}(?:\.\d{1,3})*\s?(?:bis|ter|quater)?(?:\s?[(（]\s?[^\W_]{1,5}\s?[)）]|[㈠-㈩]){0,3}"
_LEADING = re.compile(
    r"(?:paragraphs?|paras?\.?|paragraphe|párrafos?|párr?\.?|абзац|пункт|п\.|§+|¶+|第|الفقرة|clause|section|sec\.?|cl\.?|no\.?|\[)\s*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"({_NUMBER})((?:\s*(?:-|–|—|to|,|;|and|et|y|и|和|至|و)\s*{_NUMBER})*)\s*(?:段|\]|\.|:)?(.*)", re.IGNORECASE | re.DOTALL
)
_LABEL = re.compile(r"\b(tables?|figures?|fig\.?|box|annex|tableau|cuadro|таблица|表|图|الجدول)\s*([\w.]+)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?")
_QUOTED = re.compile(r"[“«\"]([^”»\"]{12,400})[”»\"]")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|º|e|er|ème)?(?: (?:paragraph|para|sentence))?", re.IGNORECASE)


class Paragraph(Protocol):
    """What placing needs of a paragraph (drafts.queries.paragraphs)."""

    id: int
    position: int
    kind: str
    level: int
    number: str
    printed: str
    mark: str
    text: str


@dataclass(frozen=True)
class Spot:
    """Where a row stands: the paragraph's number in the database (None: the whole), how it was found, and how sure that is (0 to 1).

    `how`: number, quote, page, whole, none. `problem` says what a person should look at, with its `values`.
    """

    paragraph_id: int | None
    how: str
    certainty: float
    problem: str = ""
    values: dict = field(default_factory=dict)


def normal(number: str) -> str:
    """A number as it is compared: `１２（ａ）`, `12 (A)` and `12(a).` are one."""
    text = unicodedata.normalize("NFKC", number).casefold()
    digits = "".join(str(unicodedata.decimal(sign, sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub(r"[\s\[\]【】§¶]+", "", digits).strip(".:、-")


class Places:
    """The paragraphs of a version, ready to be asked. `lines`: (page, line on it, paragraph id) of its printed form, in order."""

    def __init__(self, paragraphs: Sequence[Paragraph], lines: Sequence[tuple[int, int, int]] = ()) -> None:
        self.all, self.lines = list(paragraphs), list(lines)
        self.marks = {each.mark.casefold(): each for each in self.all}
        self.numbers: dict[str, list[Paragraph]] = {}
        self.titles: dict[str, list[Paragraph]] = {}
        self.labels: dict[tuple[str, str], Paragraph] = {}
        self.text, self.starts = "", []
        self._learn()

    def _learn(self) -> None:
        said = []
        at = 0
        for each in self.all:
            for key in {normal(each.number), normal(each.printed)} - {""}:
                self.numbers.setdefault(key, []).append(each)
            if each.kind == "heading":
                self.titles.setdefault(plain(each.text), []).append(each)
            if found := _LABEL.match(each.text.lstrip(" |")):
                self.labels.setdefault(_label(found), each)
            words = " ".join(each.text.split())
            self.starts.append(at)
            said.append(words)
            at += len(words) + 1
        self.text = "\n".join(said)

    def find(self, row: Row) -> Spot:
        """Where the row belongs."""
        named = row.mark or (row.paragraph[1:-1] if row.paragraph.startswith("[") and row.paragraph.endswith("]") else "")
        if named and (marked := self.marks.get(named.casefold())):
            return Spot(marked.id, "number", 1.0)
        if row.whole:
            return Spot(None, "whole", 1.0)
        said = [row.paragraph, row.figure, row.section]
        if dated := next((place for place in said if _DATE.fullmatch(place)), ""):
            return Spot(None, "none", 0.0, DATED, {"place": dated})
        found = self._by_quote(row) or self._by_number(row) or self._by_label(row) or self._by_section(row) or self._by_line(row)
        return found or self._by_words(row) or self._nowhere(row)

    def _by_quote(self, row: Row) -> Spot | None:
        """Words of the draft that the row quotes in a field of their own."""
        if not row.quote:
            return None
        here = self._holding(row.quote)
        named = self.numbers.get(normal(_bare(row.paragraph)), [])
        both = [each for each in here if each in named]
        if both or len(here) == 1:
            return Spot((both or here)[0].id, "quote", 1.0)
        if here:
            return Spot(here[0].id, "quote", 0.5, TWICE, {"place": row.quote[:60]})
        spot = self._by_number(row)
        return spot and Spot(spot.paragraph_id, "number", min(spot.certainty, 0.8), NOT_QUOTED)

    def _holding(self, words: str) -> list[Paragraph]:
        wanted, found, at = " ".join(words.split()), [], 0
        while len(found) < 2 and (at := self.text.find(wanted, at)) >= 0:
            each = self.all[bisect_right(self.starts, at) - 1]
            found += [each] if each not in found else []
            at += len(wanted) or 1
        return found

    def _by_number(self, row: Row) -> Spot | None:
        named = _NAMED.fullmatch(_bare(row.paragraph))
        if not named:
            return None
        section = self._section(row.section)
        here = self.numbers.get(normal(named[1]), [])
        inside = [each for each in here if section and each.position in section[1]]
        if not inside and section and (counted := self._counted(row, section, named[0])):
            return counted
        chosen = inside or here
        if not chosen:
            return self._nearest(row, named[1])
        if len(chosen) > 1:
            numbered = [each for each in chosen if each.kind != "heading"]
            if len(numbered) != 1:
                return Spot(chosen[0].id, "number", 0.6, TWICE, {"place": row.paragraph})
            chosen = numbered
        if named[2].strip():
            return Spot(chosen[0].id, "number", 0.8, SEVERAL, {"place": row.paragraph})
        if not inside and (section or self._of_another(row)):
            return Spot(chosen[0].id, "number", 0.8, ELSEWHERE, {"section": row.section, "mark": chosen[0].mark})
        return Spot(chosen[0].id, "number", 1.0)

    def _of_another(self, row: Row) -> bool:
        """Whether the row names a clause by a number that is none here: then its paragraph 3 is hardly ours."""
        clause = _NAMED.fullmatch(_bare(row.section))
        return bool(clause) and not normal(_bare(row.paragraph)).startswith(normal(clause[1]))

    def _counted(self, row: Row, section: tuple[Paragraph, range], said: str) -> Spot | None:
        """“Paragraph 3 of clause 4.1” where the paragraphs of that clause have no numbers."""
        number = _ORDINAL.fullmatch(said.strip())
        plainly = [each for each in self.all[section[1].start + 1 : section[1].stop] if each.kind in ("paragraph", "item", "list", "table")]
        if not number or not 0 < int(number[1]) <= len(plainly) or any(each.number for each in plainly):
            return None
        place = f"{row.section} / {row.paragraph}"
        return Spot(plainly[int(number[1]) - 1].id, "number", 0.7, COUNTED, {"place": place})

    def _nearest(self, row: Row, number: str) -> Spot | None:
        """12 for “12(c)” where 12 has no such item."""
        shorter = re.match(r"\d{1,4}(?:\.\d{1,3})*", normal(number))
        above = self.numbers.get(shorter[0], []) if shorter and shorter[0] != normal(number) else []
        if not above:
            return None
        return Spot(above[0].id, "number", 0.7, NEAREST, {"place": row.paragraph, "mark": above[0].mark})

    def _by_label(self, row: Row) -> Spot | None:
        for said in (row.figure, row.paragraph, row.section):
            if (found := _LABEL.search(said)) and (here := self.labels.get(_label(found))):
                return Spot(here.id, "number", 0.95)
        return None

    def _section(self, said: str) -> tuple[Paragraph, range] | None:
        """The heading that the words or the number name, and the positions below it."""
        if not said.strip():
            return None
        bare = _bare(said)
        here = self.titles.get(plain(said)) or [each for each in self.numbers.get(normal(bare), []) if each.kind == "heading"]
        if not here:
            return None
        ends = next(
            (e.position for e in self.all[here[0].position + 1 :] if e.kind == "heading" and e.level <= here[0].level), len(self.all)
        )
        return here[0], range(here[0].position, ends)

    def _by_section(self, row: Row) -> Spot | None:
        section = self._section(row.section)
        told = row.paragraph and not _NAMED.fullmatch(_bare(row.paragraph))
        if section:
            certainty = 0.8 if row.paragraph else 0.95
            problem = NEAREST if row.paragraph else ""
            values = {"place": row.paragraph, "mark": section[0].mark} if row.paragraph else {}
            return Spot(section[0].id, "number", certainty, problem, values)
        here = self.numbers.get(normal(_bare(row.section)), []) if row.section else []
        if len(here) == 1 and (not row.paragraph or told):
            return Spot(
                here[0].id, "number", 0.8 if told else 0.95, NEAREST if told else "", {"place": row.paragraph, "mark": here[0].mark}
            )
        return None

    def _by_line(self, row: Row) -> Spot | None:
        if not row.line_from.isdecimal() and not row.page_from.isdecimal():
            return None
        page = int(row.page_from) if row.page_from.isdecimal() else 0
        line = int(row.line_from) if row.line_from.isdecimal() else 1
        known = [each for each in self.lines if each[0] == page] if page else []
        if not known:
            return None
        at = bisect_right([each[1] for each in known], line) - 1
        before = bisect_right([each[:2] for each in self.lines], (page, line)) - 1
        chosen = known[at] if at >= 0 else self.lines[max(before, 0)]
        return Spot(chosen[2], "page", 0.9 if row.line_from else 0.6)

    def _by_words(self, row: Row) -> Spot | None:
        """Words in quotation marks that stand in one paragraph only."""
        for found in _QUOTED.finditer(row.comment[:2_000]):
            if found[1].count(" ") >= 2 and len(here := self._holding(found[1])) == 1:
                return Spot(here[0].id, "quote", 0.7, IN_QUOTE)
        return None

    def _nowhere(self, row: Row) -> Spot:
        said = ", ".join(part for part in (row.section, row.paragraph, row.figure, row.sentence) if part)
        if said:
            return Spot(None, "none", 0.0, NOT_FOUND, {"place": said})
        if row.page_from or row.line_from:
            return Spot(None, "none", 0.0, NO_LINES, {"page": row.page_from or "–", "line": row.line_from or "–"})
        return Spot(None, "whole", 0.8, NO_PLACE) if row.type != "general" else Spot(None, "whole", 1.0)


def _bare(said: str) -> str:
    """“para. 12” without its word."""
    text = unicodedata.normalize("NFKC", said).strip()
    return _LEADING.sub("", text, count=1).strip() if _LEADING.match(text) else text


def _label(found: re.Match) -> tuple[str, str]:
    return found[1].casefold().rstrip("s.")[:3], found[2].casefold().strip(".")
