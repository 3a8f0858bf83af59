"""Pure: what the child process does with a file of comments: read it, place its rows, make their words safe, hand them over in portions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from consult.drafts.pieces import Piece
from consult.errors import Refused
from consult.exchange import keys, reading
from consult.exchange.matching import OTHER_TEXT
from consult.exchange.placing import SURE, Places, Spot
from consult.exchange.rows import Bad, Row, Sheet
from consult.exchange.word import Known, Returned, read_word
from consult.kit.text import many_lines
from consult.kit.words import N_
from consult.review import rules
from consult.web.markup import safe_html

PORTION = 500
NO_TYPE = N_("“%(type)s” is no type of comment that is known here; it is entered as %(usual)s.")
NO_DISPOSITION = N_("The observation does not begin with a disposition that is known here; it is entered as “noted”.")
TRAVELLED = N_("%(count)s comments that stand in this round already came back in the file; they are not entered again.")
UNLIKE = N_("%(count)s paragraphs read differently from this version without any tracked change; they were not taken as proposals.")
ONLY_UNLIKE = N_(
    "Many paragraphs read differently from this version without any tracked change, and there are no comments. Turn on Track Changes "
    "in Word, or write what you want changed into comments, and send the file again."
)
ONLY_KNOWN = N_("The file holds nothing new: all its comments stand in this round already.")
NO_REMARKS = N_("The file holds no comments and no tracked changes. Write into it with comments or with Track Changes, and send it again.")
WORDS_NEAR = N_("The Word file was changed around this remark; check that it stands on its paragraph.")


class Standing(NamedTuple):
    """A paragraph of the version, as the child needs it."""

    id: int
    position: int
    kind: str
    level: int
    number: str
    printed: str
    mark: str
    text: str


class About(NamedTuple):
    """What a Word file is read by beside the text: what travelled out in it, for whom it counts, and our sentences in their language."""

    version: int = 0
    known: Known = Known()
    owner: str = ""
    words: dict[str, str] = {}  # noqa: RUF012 - never changed


class Head(NamedTuple):
    """What is known of a file before its rows: as `rows.Sheet`, and how many rows there are."""

    template: str
    columns: list[tuple[str, str]]
    notes: list[tuple[str, dict]]
    title: str
    skipped: int
    total: int


class Ready(NamedTuple):
    """A row as it will be kept: `spot` where it stands, `state` good, doubtful or bad, and the problem to be looked at with its values."""

    number: int
    said: dict
    key: str
    spot: Spot
    state: str
    problem: str
    values: dict
    html: str
    words: str
    place: str


def unpack(
    data: bytes,
    name: str,
    template: str,
    columns: dict[str, str],
    paragraphs: list[Standing],
    lines: list[tuple[int, int, int]],
    usual: str,
    about: About = About(),  # noqa: B008 - never changed
) -> Iterator[Head | list[Ready]]:
    """First the head, then the rows in their order, PORTION of them at a time. `usual`: the type of a comment that has none."""
    sheet, spots = _read(data, name, template, columns, paragraphs, about)
    yield Head(sheet.template, sheet.columns, sheet.notes, sheet.title, sheet.skipped, len(sheet.rows) + len(sheet.bad))
    places, known = Places(paragraphs, lines), keys.Keys()
    rows = sorted([*sheet.rows, *sheet.bad], key=lambda row: row.number)
    for start in range(0, len(rows), PORTION):
        yield [_bad(row) if isinstance(row, Bad) else _ready(row, spots, places, known, usual) for row in rows[start : start + PORTION]]


def _read(data: bytes, name: str, template: str, columns: dict, paragraphs: list[Standing], about: About) -> tuple[Sheet, dict[int, Spot]]:
    """A table of comments; or a Word file with comments and tracked changes in the text itself, each with its place."""
    is_word, table = name.lower().endswith((".docx", ".docm")), None
    if template != "word":
        try:
            return reading.read(data, name, template, columns), {}
        except Refused as refused:
            if not is_word or template or refused.reason not in (reading.NO_TABLE, reading.NO_COMMENTS):
                raise
            table = refused
    pieces = [Piece(p.kind, p.level, p.number, p.printed, p.text, p.mark) for p in paragraphs]
    try:
        returned = read_word(
            data, pieces, version=about.version, known=about.known, owner=about.owner, say=lambda said: about.words.get(said, said)
        )
    except Refused as refused:  # a form that nobody has filled in is no version of the text
        if table and refused.reason == OTHER_TEXT and (table.reason == reading.NO_COMMENTS or not refused.values["all"]):
            raise table from None
        raise
    spots = {}
    for one in returned.placed:
        problem = WORDS_NEAR if one.certainty < SURE else ""
        spots[one.row.number] = Spot(None if one.place is None else paragraphs[one.place].id, one.how, one.certainty, problem)
    sheet = Sheet("word", [one.row for one in returned.placed])
    if returned.known:
        sheet.note(TRAVELLED, count=len(returned.known))
    if returned.unlike:
        sheet.note(UNLIKE, count=len(returned.unlike))
    if not sheet.rows:
        raise Refused(_empty(returned, template))
    return sheet, spots


def _empty(returned: Returned, template: str) -> str:
    """Why there is nothing to enter in a Word file."""
    if returned.unlike:
        return ONLY_UNLIKE
    return ONLY_KNOWN if returned.known else NO_REMARKS if template == "word" else reading.NO_TABLE


def _ready(row: Row, spots: dict[int, Spot], places: Places, known: keys.Keys, usual: str) -> Ready:
    spot = spots.get(row.number) or places.find(row)
    key, problem, values = known.key(row), spot.problem, spot.values
    state = "good" if spot.certainty >= SURE else "doubtful"
    if not row.type:
        if row.said_type:
            state, problem, values = "doubtful", problem or NO_TYPE, values or {"type": row.said_type[:40], "usual": usual}
        row = replace(row, type=usual)
    if row.response and not row.disposition:
        row = replace(row, disposition="noted")
        state, problem = "doubtful", problem or NO_DISPOSITION
    text = many_lines(row.comment)
    try:
        rules.check_words(text, row.proposed)
    except Refused as refused:
        state, problem, values = "bad", refused.reason, refused.values
    words = keys.words(row.comment, row.proposed, row.reason)
    return Ready(row.number, row.said(), key, spot, state, problem, values, safe_html(text), words, keys.location(row))


def _bad(row: Bad) -> Ready:
    said = {"comment": " | ".join(cell for cell in row.said if cell)[:2_000]}
    return Ready(row.number, said, "", Spot(None, "none", 0.0), "bad", row.reason, row.values, "", "", "")
