"""Pure: comments as CSV, JSON or YAML, whatever program wrote them, as grids; a YAML file is read as data, never as instructions."""

import csv
import io
import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

import yaml

from consult.errors import Refused
from consult.kit.words import N_
from consult.office.grids import Grid

MOST_ROWS = 100_000
MOST_YAML = 5_000_000
NOT_TEXT = N_("The file is neither an Office file nor text that can be read. Save it as .xlsx, .docx or “CSV UTF-8” and bring it again.")
NOT_JSON = N_("The file is not a list of comments in JSON: %(where)s.")
NOT_YAML = N_("The file is not a list of comments in YAML. It holds `comments:` and below it one entry for each comment.")
NOT_CSV = N_("The file is not a CSV table: in row %(row)s a quotation mark is open, or something follows one that is closed.")
TOO_LONG = N_("The file has more than %(most)s rows. Divide it into several files.")
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_YAML_FIELDS = {
    "id": "reference", "body": "behalf", "type": "type", "comments": "comment", "proposed_change": "proposed",
    "observations": "observation",
}  # fmt: skip
_YAML_PLACES = {"line_number": "line", "clause": "section", "element": "paragraph"}


def decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its letters are certain: UTF-8 and UTF-16 are, windows-1252 is a guess."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), True
        except UnicodeDecodeError as why:
            raise Refused(NOT_TEXT) from why
    if b"\0" in data[:100_000]:
        raise Refused(NOT_TEXT)
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace"), False


def from_csv(text: str) -> Grid:
    """A CSV table with any of the usual separators; the guard before what looks like a formula is taken off again."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    reader, found = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), Grid("CSV")
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS + 1:
                raise Refused(TOO_LONG, most=MOST_ROWS)
            if any(cell.strip() for cell in cells):
                found.rows.append((number, [unguarded(cell) for cell in cells]))
    except csv.Error as why:
        raise Refused(NOT_CSV, row=number + 1) from why
    return found


def unguarded(cell: str) -> str:
    """The cell as it was before `review.exporting.harmless` put an apostrophe before it."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(GUARDED) else cell


def from_json(text: str) -> Grid:
    """A list of objects (or `{"comments": [...]}`) as a table: the names of the members are the heads, the first object is row 1."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as why:
        where = f"line {why.lineno}, column {why.colno}: {why.msg}" if isinstance(why, json.JSONDecodeError) else str(why)[:100]
        raise Refused(NOT_JSON, where=where) from why
    held = held.get("comments") if isinstance(held, dict) else held
    if not isinstance(held, list) or not all(isinstance(each, dict) for each in held):
        raise Refused(NOT_JSON, where=N_("it is no list of objects"))
    if len(held) > MOST_ROWS:
        raise Refused(TOO_LONG, most=MOST_ROWS)
    heads = list(dict.fromkeys(str(name) for each in held for name in each))[:200]
    rows = [(0, heads), *((number, [_word(each.get(head)) for head in heads]) for number, each in enumerate(held, 1))]
    return Grid("JSON", [(number, cells) for number, cells in rows if any(cells)])


def _word(held: object) -> str:
    if isinstance(held, list):
        return "; ".join(map(_word, held))
    return "" if held is None or isinstance(held, dict) else str(held)


def from_yaml(text: str) -> tuple[list[tuple[int, dict[str, str]]], str]:
    """The comments of the ISO 2012-03 template as YAML: (number, cells by field) for each, and the version it names."""
    if len(text) > MOST_YAML:
        raise Refused(TOO_LONG, most=MOST_ROWS)
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, yaml.CSafeLoader)):
            raise Refused(NOT_YAML)
        held = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as why:
        raise Refused(NOT_YAML) from why
    comments = held.get("comments") if isinstance(held, dict) else None
    if not isinstance(comments, list) or not all(isinstance(each, dict) for each in comments):
        raise Refused(NOT_YAML)
    return [(number, _cells(each)) for number, each in enumerate(comments, 1)], _word(held.get("document"))


def _cells(comment: dict) -> dict[str, str]:
    locality = comment.get("locality")
    if isinstance(locality, str):
        locality = {"clause": locality}
    found = {field: _word(comment.get(name)) for name, field in _YAML_FIELDS.items()}
    return found | {field: _word((locality or {}).get(name)) for name, field in _YAML_PLACES.items()}
