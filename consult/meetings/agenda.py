"""Pure: an agenda as lines of text, `2. Adoption of the agenda | who presents it`, with what is said of an item indented below it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.errors import Refused
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_

MOST_ITEMS = 200
LONGEST_NOTE = 5_000
NUMBERED = re.compile(r"(?:[Ii]tem\s+)?(\d{1,3}(?:[.．]\d{1,3}){0,3}|[A-Z]|[IVX]{1,6})[.)、．）:]?\s+(?=\S)")


@dataclass(frozen=True)
class Line:
    """One item as it was typed."""

    number: str
    title: str
    presenter: str = ""
    note: str = ""


def lines(text: str) -> list[Line]:
    """The items of a typed agenda; a line without a number gets the next one, an indented line belongs to the item above it."""
    found: list[Line] = []
    for raw in many_lines(text).split("\n"):
        if not raw.strip():
            continue
        if raw[0] in " \t　" and found:
            found[-1] = _with_note(found[-1], raw.strip())
        else:
            found.append(_line(raw.strip(), found))
    if len(found) > MOST_ITEMS:
        raise Refused(N_("An agenda has at most %(limit)s items; these are %(count)s."), limit=MOST_ITEMS, count=len(found))
    return found


def _line(raw: str, before: Sequence[Line]) -> Line:
    numbered = NUMBERED.match(raw)
    number, rest = (numbered[1].replace("．", "."), raw[numbered.end() :]) if numbered else (_next(before), raw)
    title, _, presenter = rest.partition("|")
    title = one_line(title, 1000)
    if not title:
        raise Refused(N_("Item %(number)s of the agenda has no title."), number=number)
    if len(title) > 500:
        raise Refused(N_("The title of item %(number)s is longer than 500 characters."), number=number)
    return Line(number, title, one_line(presenter, 200))


def _next(before: Sequence[Line]) -> str:
    whole = [int(each.number) for each in before if each.number.isdigit()]
    return str(max(whole, default=0) + 1)


def _with_note(item: Line, words: str) -> Line:
    note = f"{item.note}\n{words}".strip()
    if len(note) > LONGEST_NOTE:
        raise Refused(N_("What is said of item %(number)s is longer than %(limit)s characters."), number=item.number, limit=LONGEST_NOTE)
    return Line(item.number, item.title, item.presenter, note)


def text(items: Iterable) -> str:
    """The same as text again, to be changed or to stand in a letter."""
    out = []
    for item in items:
        out.append(f"{item.number}. {item.title}" + (f" | {item.presenter}" if item.presenter else ""))
        out += [f"  {line}" for line in item.note.split("\n") if line]
    return "\n".join(out)


def matched(typed: Sequence[Line], standing: Sequence) -> list[tuple[Line, object | None]]:
    """Each typed item with the one it was before: by its title, else by its number; None where it is new."""
    left = list(standing)
    found: dict[int, object] = {}
    for same in (lambda a, b: a.title.casefold() == b.title.casefold(), lambda a, b: a.number == b.number):
        for place, line in enumerate(typed):
            known = next((each for each in left if place not in found and same(line, each)), None)
            if known is not None:
                found[place] = known
                left.remove(known)
    return [(line, found.get(place)) for place, line in enumerate(typed)]
