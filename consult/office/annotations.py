"""Pure: what colleagues wrote into a Word document and sent back: its comments in their place, and its tracked changes as wordings.

Everything is told in relation to the original paragraphs, those that stand when every tracked change is rejected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from consult.errors import Refused
from consult.office.ooxml import child, children, name, value
from consult.office.package import NOT_WORD, Package
from consult.office.tracked import NOBODY, Token, Walker, Zone, plain, text_of
from consult.office.walking import UNSEEN, beside, main_part
from consult.office.wordings import Change, changes

MOST_TOKENS = 2_000
"""Runs of characters: a comment that marks more is about the passage where it begins."""


@dataclass(frozen=True)
class Note:
    """One Word comment, or one reply to it: who, when (as written in the file), and all its paragraphs, parted by line ends."""

    id: str
    author: str
    date: str
    text: str
    resolved: bool = False


@dataclass(frozen=True)
class Remark:
    """A comment with its replies, where it stands: the place of its passage (None: nowhere in the text), the words of the passage it
    marks (`quote`, empty when it marks all of it or none), and what it marks with all changes made (`words`)."""

    note: Note
    replies: tuple[Note, ...] = ()
    place: int | None = None
    quote: str = ""
    words: str = ""
    until: int | None = None  # the place of the last passage it marks


@dataclass
class Passage:
    """One original paragraph, table or note of the document, and the changes proposed to it, one a person."""

    kind: str
    original: str
    accepted: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Annotated:
    """A whole document; `first` are new paragraphs that stand before everything."""

    passages: list[Passage]
    remarks: list[Remark]
    first: list[Change]


def read_annotations(data: bytes) -> Annotated:
    """Comments and tracked changes of a .docx; Refused with a reason when it is none, is damaged, protected, or harmful."""
    package = Package(data)
    main = main_part(package)
    body = child(package.xml(main), "body")
    if body is None:
        raise Refused(NOT_WORD)
    zones = Walker(body, beside(package, main, "footnotes"), beside(package, main, "endnotes")).zones
    passages, first = _passages(zones)
    notes, parents = _notes(beside(package, main, "comments"), beside(package, main, "commentsExtended"))
    return Annotated(passages, list(_remarks(notes, parents, _marked(zones), passages)), first)


def _passages(zones: Iterable[Zone]) -> tuple[list[Passage], list[Change]]:
    """The original passages, each with its changes; what is new hangs on the passage before it."""
    found: list[Passage] = []
    first: list[Change] = []
    for zone in zones:
        start = len(found)
        found += _originals(zone)
        for change in changes(zone) if zone.touched else ():
            at = start + change.place
            (found[at].changes if at >= 0 else first).append(change)
    return found, first


def _originals(zone: Zone) -> Iterator[Passage]:
    for tokens in _by_passage(zone):
        original = text_of(token for token in tokens if token.stands(None))
        yield Passage(zone.kind, original, text_of(token for token in tokens if token.removed is None))


def _by_passage(zone: Zone) -> list[list[Token]]:
    """The tokens of a zone, parted at the paragraph ends that stand in the original."""
    parts: list[list[Token]] = [[]]
    for token in zone.tokens:
        parts[-1].append(token)
        if zone.kind == "text" and token.kind == "mark" and token.added is None:
            parts.append([])
    tail = parts.pop()
    if not parts or any(token.text.strip() for token in tail if token.kind == "text"):
        parts.append(tail)
    else:
        parts[-1] += tail
    return parts


def _notes(part: etree._Element | None, extended: etree._Element | None) -> tuple[dict[str, Note], dict[str, str]]:
    """Every comment by its id, and which one it replies to."""
    more = {value(one, "paraId").upper(): one for one in children(extended, "commentEx")}
    found, by_paragraph, above = {}, {}, {}
    for comment in children(part, "comment"):
        key = value(comment, "id")
        paragraphs = [element for element in comment.iter() if name(element) == "p"]
        ids = [value(paragraph, "paraId").upper() for paragraph in paragraphs]
        said = next((more[each] for each in ids if each in more), None)
        text = "\n".join(plain("".join(_written(paragraph))) for paragraph in paragraphs).strip()
        found[key] = Note(key, plain(value(comment, "author")), value(comment, "date"), text, value(said, "done") in ("1", "true"))
        by_paragraph |= dict.fromkeys(ids, key)
        above[key] = value(said, "paraIdParent").upper()
    return found, {key: by_paragraph[parent] for key, parent in above.items() if parent and by_paragraph.get(parent, key) != key}


def _written(element: etree._Element) -> Iterator[str]:
    """The words of a comment's paragraph; what was struck out of it is not said."""
    for one in element:
        if name(one) == "t":
            yield one.text or ""
        elif name(one) in ("tab", "br", "cr"):
            yield " "
        elif name(one) not in UNSEEN | {"del", "moveFrom"}:
            yield from _written(one)


@dataclass
class _Marked:
    """What a comment marks, passage by passage: the words of the original, and those with all changes made."""

    original: dict[int, list[Token]] = field(default_factory=dict)
    accepted: list[Token] = field(default_factory=list)
    taken: int = 0

    def take(self, place: int, token: Token = NOBODY) -> None:
        held = self.original.setdefault(place, [])
        self.taken += 1
        if token.stands(None):
            held.append(token)
        if token.removed is None:
            self.accepted.append(token)


def _marked(zones: list[Zone]) -> dict[str, _Marked]:
    """What each comment marks; one pass over the document, each token taken by the comments that are open there."""
    closing = {token.text for zone in zones for token in zone.tokens if token.kind in ("end", "at")}
    found: dict[str, _Marked] = {}
    opened: dict[str, _Marked] = {}
    parts = (tokens for zone in zones for tokens in _by_passage(zone))
    for place, tokens in enumerate(parts):
        for token in tokens:
            if token.kind in ("start", "end", "at"):
                if token.text not in found:
                    found[token.text] = _Marked()
                    found[token.text].take(place)
                if token.kind == "start" and token.text in closing:
                    opened[token.text] = found[token.text]
                else:
                    opened.pop(token.text, None)
            else:
                for marked in opened.values():
                    marked.take(place, token)
        opened = {key: marked for key, marked in opened.items() if marked.taken < MOST_TOKENS}
    return found


def _remarks(notes: dict[str, Note], parents: dict[str, str], marked: dict[str, _Marked], passages: list[Passage]) -> Iterator[Remark]:
    """Comments in the order of the text, those that stand nowhere last, each with the replies below it."""
    top = {key: _top(key, parents) for key in notes}
    order = {key: at for at, key in enumerate(marked)}
    for key in sorted((key for key in notes if top[key] == key), key=lambda key: order.get(key, len(order))):
        replies = tuple(notes[each] for each in notes if top[each] == key and each != key)
        yield _placed(notes[key], replies, marked.get(key), passages)


def _top(key: str, parents: dict[str, str]) -> str:
    seen: set[str] = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key


def _placed(note: Note, replies: tuple[Note, ...], marked: _Marked | None, passages: list[Passage]) -> Remark:
    if marked is None:
        return Remark(note, replies)
    quotes = {place: text_of(tokens) for place, tokens in marked.original.items()}
    told = [place for place, words in quotes.items() if words]
    place = told[0] if told else _with_text(next(iter(marked.original)), passages)
    quote = quotes.get(place, "")
    quote = "" if quote == passages[place].original else quote
    return Remark(note, replies, place, quote, text_of(marked.accepted), told[-1] if told else place)


def _with_text(place: int, passages: list[Passage]) -> int:
    """That passage, or where it is an empty line the nearest one above it that is none."""
    return next((at for at in range(place, -1, -1) if passages[at].original), place)
