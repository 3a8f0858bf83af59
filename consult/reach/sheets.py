"""Pure: what stands on a sheet that came by fax or post, as an officer types it: paragraph numbers as printed, kinds, and lines of text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.kit.words import N_
from consult.review.grammar import NAMES, PROPOSED, kind_of, understood
from consult.review.marks import LIST, NUMBER, Named, S, known_marks, named, normal, placed

MOST_ROWS, LONGEST = 200, 60
WHOLE = ("", "0", "-", "–", "—", "*")
UNKNOWN = N_("“%(where)s” is no paragraph of this text. Numbers are typed as they are printed: 12, 12 bis, 12(a), or 12-14.")
EMPTY = N_("The paragraph is named, but nothing is said about it.")
NO_TYPE = N_("“%(type)s” is not asked for in this round.")
BARE = re.compile(rf"{S}{{0,8}}({LIST}){S}{{0,3}}(?:[:：\t]|[.)\-–—]{S}){S}*", re.IGNORECASE)
DOUBTFUL = re.compile(rf"{S}{{0,8}}{NUMBER}{S}+[^\W\d_]", re.IGNORECASE)
LEAD = re.compile(rf"^{S}*(?:paragraphs?|paras?\.?|no\.?|n°|§+|¶+|\[|［|第){S}*|{S}*(?:[\]］.:：)]|段)+{S}*$", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """One row as it was typed: its number on the sheet or line in the field, the paragraph, the kind, the words."""

    number: int
    where: str
    type: str
    text: str
    doubtful: str = ""  # a line in it that begins with a number, and no sign behind it says that it begins a remark


@dataclass(frozen=True)
class Spot:
    """The paragraphs a row is about, by their marks in the order of the text; none: the whole text. `reason`: why there are none."""

    marks: tuple[str, ...] = ()
    reason: str = ""


class Marks:
    """The paragraphs of a version, found by mark or by printed number, in any form; and the questions of the round by theirs."""

    def __init__(self, paragraphs: Sequence, questions: Mapping[str, str] | None = None) -> None:
        marked = [each for each in paragraphs if each.mark]
        self.known = known_marks(each.mark for each in marked)
        self.order = list(self.known)
        self.words = {each.mark: each.text for each in marked}
        often = Counter(normal(said) for each in marked for said in {each.printed, each.number} if said)
        for each in marked:
            for said in (each.printed, each.number):
                if said and often[normal(said)] == 1:  # what is printed twice names neither
                    self.known.setdefault(normal(said), each.mark)

            within = re.sub(r"\([^()]*\)$", "", each.mark)
            if within != each.mark and each.printed:  # as somebody copies it from a text in another script: 1（一）, ١ (أ)
                self.known.setdefault(normal(within + each.printed), each.mark)
        for mark, text in (questions or {}).items():
            self.known[normal(mark)], self.words[mark] = mark, text

    def spot(self, where: str) -> Spot:
        """The paragraphs that a number names as it was typed from paper."""
        where = " ".join(where.split())
        if where in WHOLE:
            return Spot()
        if len(where) > LONGEST:
            return Spot(reason=UNKNOWN)
        bare = LEAD.sub("", where).strip()
        for typed in (where, bare):
            if normal(typed) in self.known:
                return Spot((self.known[normal(typed)],))
        if re.fullmatch(rf"{NUMBER}.*", bare, re.IGNORECASE) and (name := named(f"[{bare}]")):
            found = placed(name, self.known, self._order(name))
            if found:
                return Spot(found)
        return Spot(reason=UNKNOWN)

    def _order(self, name: Named) -> list[str]:
        """The order to find a range in: its ends may be named by what is printed instead of by the mark."""
        same = {normal(self.known[key]): key for number in name.numbers if (key := normal(number)) in self.known}
        return [same.get(key, key) for key in self.order]


def rows(text: str) -> list[Typed]:
    """The rows of a field in which each remark begins with its number: `12: text`; lines without one belong to the remark above,
    those before the first number to the whole text."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        bare = BARE.match(line)
        name = named(line) if bare is None else None
        if bare:
            found.append((number, bare[1].strip(), [line[bare.end() :]]))
        elif name:
            found.append((number, name.written, [line[name.end :]]))
        elif found and line.strip():
            found[-1][2].append(line)
        elif line.strip():
            found.append((number, "", [line]))
    return [_typed(number, where, "\n".join(lines).strip()) for number, where, lines in found[:MOST_ROWS]]


def _typed(number: int, where: str, text: str) -> Typed:
    """A row whose words may begin with their kind, as in a mail: `ED: …`."""
    kind = kind_of(text)
    doubtful = next((line.strip() for line in text.split("\n")[1:] if DOUBTFUL.match(line)), "")
    return Typed(number, where, NAMES[kind[0]] if kind else "", text[kind[1] :] if kind else text, doubtful)


def parted(text: str) -> tuple[str, str]:
    """(comment, proposed wording) of a row's words: what follows `PROPOSED:` is a wording."""
    _, said, proposed = understood(text) if any(PROPOSED.match(line) for line in text.split("\n")) else ("", text.strip(), "")
    return said, proposed


def written(marks: Sequence[str], order: Sequence[str]) -> str:
    """How a remark on several paragraphs begins, since it stands on the first of them: `[12-14]`, or `[12, 14]` with some left out."""
    if len(marks) < 2:
        return ""
    first, last = order.index(normal(marks[0])), order.index(normal(marks[-1]))
    ranged = len(marks) > 2 and len(marks) >= sum(key.isdecimal() for key in order[first : last + 1])
    return f"[{marks[0]}-{marks[-1]}] " if ranged else f"[{', '.join(marks)}] "
