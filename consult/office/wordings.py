"""Pure: tracked changes as proposals: how each person would have a paragraph read, with their own changes made and nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.office.tracked import Token, Zone, text_of


@dataclass(frozen=True)
class Change:
    """What one person proposes for an original paragraph, by its place among those of its zone (-1: the one before the zone).

    kind: wording (it would read so), split (into the lines of the text), merged (this one and the ones below it become the text),
    gone (struck out; with `moved`, put elsewhere), joined (it became a part of the one above), new (the text would stand below it;
    with `moved`, brought from elsewhere), struck (words that another person had put in).
    """

    kind: str
    place: int
    author: str
    date: str
    text: str = ""
    moved: bool = False


@dataclass
class _Line:
    """A paragraph as it would stand: its tokens, and from which original paragraphs its words come."""

    tokens: list[Token] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    owner: int = -1  # the original paragraph whose end it has

    @property
    def text(self) -> str:
        return text_of(self.tokens)

    @property
    def moved(self) -> bool:
        words = [token for token in self.tokens if token.text.strip()]
        return bool(words) and all(token.moved for token in words)


def changes(zone: Zone) -> Iterator[Change]:
    """What each person proposes in a zone, person by person in the order in which they appear."""
    people = dict.fromkeys(who for token in zone.tokens for who in (token.added, token.removed) if who is not None)
    for who in people:
        date = max((token.date for token in zone.tokens if who in (token.added, token.removed)), default="")
        yield from _by_paragraph(zone, who, date) if zone.kind == "text" else _as_one(zone, who, date)
        yield from _struck(zone, who)


def _as_one(zone: Zone, who: str, date: str) -> Iterator[Change]:
    """A table or a note: the whole of it as it would read."""
    before = text_of(token for token in zone.tokens if token.stands(None))
    after = text_of(token for token in zone.tokens if token.stands(who))
    if before == after:
        return
    if not before:
        yield Change("new", -1, who, date, after)
    else:
        yield Change("wording" if after else "gone", 0, who, date, after)


def _by_paragraph(zone: Zone, who: str, date: str) -> Iterator[Change]:
    originals, lines = _originals(zone), _lines(zone, who)
    holders: dict[int, list[_Line]] = {}
    for line in lines:
        for source in line.sources:
            holders.setdefault(source, []).append(line)
    for line in lines:
        if not line.sources and line.text and line.owner in originals and line.owner not in holders:
            line.sources.append(line.owner)
            holders[line.owner] = [line]
    yield from _fates(originals, holders, who, date)
    last = -1
    for line in lines:
        if line.sources:
            last = line.sources[-1]
        elif line.text:
            yield Change("new", last, who, date, line.text, line.moved)


def _fates(originals: dict[int, list[Token]], holders: dict[int, list[_Line]], who: str, date: str) -> Iterator[Change]:
    """What becomes of each original paragraph that has words."""
    for place, tokens in originals.items():
        before, held = text_of(tokens), holders.get(place, [])
        if not before:
            continue
        if not held:
            yield Change("gone", place, who, date, moved=all(token.moved for token in tokens if token.text.strip()))
        elif len(held) > 1:
            yield Change("split", place, who, date, "\n".join(line.text for line in held))
        elif held[0].sources[0] != place:
            yield Change("joined", place, who, date)
        elif len(held[0].sources) > 1:
            yield Change("merged", place, who, date, held[0].text)
        elif held[0].text != before:
            yield Change("wording", place, who, date, held[0].text)


def _originals(zone: Zone) -> dict[int, list[Token]]:
    """The tokens of each original paragraph of a zone, with every change to them."""
    found: dict[int, list[Token]] = {}
    place = 0
    for token in zone.tokens:
        if token.added is None and token.kind in ("text", "picture"):
            found.setdefault(place, []).append(token)
        place += token.kind == "mark" and token.added is None
    return found


def _lines(zone: Zone, who: str) -> list[_Line]:
    """The paragraphs of a zone as they would stand with this person's changes."""
    lines, place = [_Line()], 0
    for token in zone.tokens:
        line = lines[-1]
        if token.kind == "mark":
            if token.stands(who):
                line.owner = place if token.added is None else -1
                lines.append(_Line())
            place += token.added is None
        elif token.kind in ("text", "picture") and token.stands(who):
            line.tokens.append(token)
            if token.added is None and token.text.strip() and place not in line.sources:
                line.sources.append(place)
    return lines


def _struck(zone: Zone, who: str) -> Iterator[Change]:
    """Words of others' insertions that this person struck out: the others' proposal stands, and this is said beside it."""
    place = 0
    words: dict[int, list[Token]] = {}
    for token in zone.tokens:
        if token.removed == who and token.added not in (None, who) and token.text.strip():
            words.setdefault(place, []).append(token)
        place += token.kind == "mark" and token.added is None and zone.kind == "text"
    for at, tokens in words.items():
        yield Change("struck", at, who, tokens[0].date, text_of(tokens))
