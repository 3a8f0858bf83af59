"""GET, DIFF and PART: drafts and their versions, pieces of them, compilations, what changed, and a part that was lost."""

import re
from functools import partial

from flask_babel import gettext
from sqlalchemy import select

from consult.alerts import compiledletters, groupletters
from consult.alerts.pen import Pen, Sheet
from consult.drafts import openings
from consult.drafts import queries as drafts
from consult.drafts.labels import label
from consult.drafts.models import Draft, Version
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox import queries
from consult.inbox.commands import kits, naming, offering, office, remarks
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.offering import Offered
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox.again import send_again
from consult.outbox.models import Letter
from consult.papers import compiling
from consult.people import guests
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.review import queries as review
from consult.review.marks import normal
from consult.review.models import Round

VERSION = re.compile(r"(?<!\w)v(?:ersion)?\.?\s?(\d{1,4})(?!\w)", re.IGNORECASE)
MARK = r"\d{1,4}(?:\s?bis)?(?:\s?\(\w{1,5}\)){0,3}"
RANGE = re.compile(rf"[\[§¶]?\s*({MARK})\s*(?:[-–—…]|\.\.|to)\s*({MARK})\s*\]?$|\[([^\]]{{1,20}})\]$|\s({MARK})$", re.IGNORECASE)
TWO = re.compile(r"(?:^|\s)v?(\d{1,4})(?:\s*(?:[-–—]|to|and|et|y|и|و|和|\s)\s*v?(\d{1,4}))?\s*$", re.IGNORECASE)
NUMBERS = re.compile(r"(\d{1,3})\D*(\d{1,9})?")
COMPILED = re.compile(r"\b(?:compilation|compiled|recopilación|сводка|подборка)\b|汇编|تجميع", re.IGNORECASE)
NO_RESULT = N_("The last SEARCH or LIST had no number %(number)s.")
NO_VERSION = N_("“%(title)s” has no published version yet.")
ONE_VERSION = N_("“%(title)s” has one version only, so there is nothing to compare.")
NO_PARAGRAPHS = N_("This version has no paragraphs from %(first)s to %(last)s.")
NO_PART = N_(
    "There is no part %(number)s of the letter you mean. Send PART %(number)s OF and the number that stands on top of its other parts."
)
WHICH_DRAFT = N_("Say which draft you mean. LIST shows their names. For example: %(line)s")


def get(asked: Asked) -> str:
    """GET: what bears that name, as letters of their own."""
    words = naming.plain(asked.argument).strip()
    if words.partition(" ")[0].casefold() == "kit":
        return kits.kit(asked)
    if office.asks_for_a_file(words):
        return office.get(words, asked)
    if words.lstrip("#").isdecimal() and (line := _result(asked, int(words.lstrip("#")))):
        verb, _, words = line.partition(" ")
        if verb == "COMMENTS":
            return remarks.fetch(words, asked)
    return offering.fetch(words, asked)


def _result(asked: Asked, number: int) -> str | None:
    """The line that stands beside that number in what was found or listed last; None where comments may be meant."""
    last = queries.last_results(asked.person.id, asked.arrival.id)
    if last is None:
        return None
    if not 1 <= number <= len(last):
        raise Refused(NO_RESULT, number=number)
    return last[number - 1]


def _texts(words: str, asked: Asked) -> list[Offered]:
    """Drafts by their names, and the texts of rounds by their numbers; whole, or from one paragraph to another."""
    found, rest = naming.ROUND.search(words), words
    if found:
        on = naming.need_round(asked, words)
        if COMPILED.search(words) or "/" in words:
            return []
        rest = words[found.end() :]
        texts = [(on.version, on, f"R{on.id}")] if on.opened_at or people.may(asked.person, "draft.write", on.group_id) else []
    else:
        number = VERSION.search(words)
        name, cut = (words[: number.start()], words[number.end() :]) if number else parted(words)
        texts, rest = [_text(draft, number, asked) for draft in naming.drafts(asked.person, name)], cut
    between = RANGE.search(f" {rest.strip()}") if rest.strip() else None
    first, last = ((between[1] or between[3] or between[4]), (between[2] or between[3] or between[4])) if between else ("", "")
    return [offered(version, on, name, first.strip(), last.strip(), asked) for version, on, name in texts]


def parted(words: str) -> tuple[str, str]:
    """The name in what was asked for, and the paragraphs named behind it."""
    between = RANGE.search(words)
    return (words[: between.start()], words[between.start() :]) if between and between.start() else (words, "")


def _text(draft: Draft, number: re.Match | None, asked: Asked) -> tuple[Version, Round | None, str]:
    version = drafts.published(draft, int(number[1])) if number else drafts.latest(draft)
    if version is None:
        raise Refused(NO_VERSION, title=draft.title)
    return version, review.current_round(version.id), f"{naming.name_of(draft, asked.person)} v{version.number}"


def offered(version: Version, on: Round | None, name: str, first: str, last: str, asked: Asked) -> Offered:
    """A published version as it is fetched: whole, or from one paragraph to another."""
    pieces = f" {first}-{last}" if last and last != first else f" {first}" if first else ""
    group = db.session.get_one(Group, version.draft.group_id)
    title = gettext("%(title)s, version %(number)s", title=version.draft.title, number=version.number) + pieces
    write = partial(_write, version, on, title, first, last)
    seen = partial(openings.opened, version, asked.person, "mail", clock.now())
    less = "" if first else f"GET {name} 1-20"
    return Offered(f"GET {name}{pieces}", title, group, write, less, seen)


def _write(version: Version, on: Round | None, title: str, first: str, last: str, pen: Pen) -> Sheet:
    """Exactly like the letter that opens a round: each paragraph with its mark, and answerable while the round is open."""
    asks = on is not None and on.opened_at is not None and review.invited(on.id, pen.person.id)
    sheet = Sheet("text", title, [], "round" if asks else "text", on.id if asks else version.id, until=on.closes_at if asks else None)
    open_until = pen.moment(on.closes_at) if asks and review.state(on, pen.now) == "open" else ""
    sheet.top = pen.words("inbox/text", title=title, label=label(version.draft), symbol=version.draft.symbol, until=open_until, asks=asks)
    sheet.again = [line for line in (title, label(version.draft)) if line]
    sheet.blocks = _between(pen.shelf.text(version.id), first, last)
    return sheet


def _between(blocks: list[str], first: str, last: str) -> list[str]:
    """The blocks from one mark to another, with the items below the last."""
    if not first:
        return blocks
    marks = [normal(block.strip().partition("]")[0].lstrip("[")) for block in blocks]
    begin = next((at for at, mark in enumerate(marks) if mark == normal(first)), None)
    ends = [at for at, mark in enumerate(marks) if mark == normal(last) or mark.startswith(normal(last) + "(")]
    if begin is None or not ends or ends[-1] < begin:
        raise Refused(NO_PARAGRAPHS, first=first, last=last)
    return blocks[begin : ends[-1] + 1]


def _compilations(words: str, asked: Asked) -> list[Offered]:
    """The compilation of a round."""
    found = naming.ROUND.search(words)
    if not found or not COMPILED.search(words):
        return []
    on = naming.need_round(asked, words)
    people.require(asked.person, "draft.read", on.group_id)
    if not compiling.readable(on, asked.person):
        raise Refused(N_("The compilation of this round is not published yet."))
    title = gettext("Compilation of comments: %(title)s", title=on.title)
    return [Offered(f"GET R{on.id} compilation", title, db.session.get_one(Group, on.group_id), partial(_compiled, on, title))]


def _compiled(on: Round, title: str, pen: Pen) -> Sheet:
    sheet = Sheet(
        "compiled",
        title,
        pen.words("inbox/text", title=title, label=label(on.version.draft), symbol="", until="", asks=False),
        "text",
        on.version_id,
    )
    sheet.again, sheet.blocks = [title], [compiledletters.block(entry) for entry in compiling.entries(on)]
    return sheet


def diff(asked: Asked) -> str:
    """DIFF: what changed between two versions, word by word."""
    words = naming.plain(asked.argument).strip()
    numbers = TWO.search(words)
    name = words[: numbers.start()].strip() if numbers else words
    on = naming.round_of(asked, words) if naming.ROUND.search(words) or not name else None
    found = [on.version.draft] if on else naming.drafts(asked.person, name)
    if not found:
        raise Refused(naming.NO_DRAFT, name=name) if name else Refused(WHICH_DRAFT, line="DIFF report 1 2")
    if len(found) > 1:
        naming.choose(
            name,
            [f"DIFF {each.group.slug}/{each.slug} {' '.join(filter(None, numbers.groups())) if numbers else ''}".strip() for each in found],
        )
    draft = found[0]
    people.require(asked.person, "draft.read", draft.group_id)
    return offering.send(_difference(draft, *_two(draft, numbers if not on else None), asked), asked)


def _two(draft: Draft, numbers: re.Match | None) -> tuple[Version, Version]:
    """The versions to compare: those named, else the newest with the one named or the one before it."""
    given = sorted(int(each) for each in numbers.groups() if each) if numbers else []
    newest = drafts.latest(draft)
    if newest is None:
        raise Refused(NO_VERSION, title=draft.title)
    if len(given) == 2:
        return drafts.published(draft, given[0]), drafts.published(draft, given[1])
    old = drafts.published(draft, given[0]) if given else drafts.before(newest)
    if old is None or old.id == newest.id:
        raise Refused(ONE_VERSION, title=draft.title)
    return old, newest


def _difference(draft: Draft, old: Version, new: Version, asked: Asked) -> Offered:
    line = f"DIFF {naming.name_of(draft, asked.person)} {old.number} {new.number}"
    said = {"older": old.number, "number": new.number, "title": draft.title}
    title = gettext("What changed from version %(older)s to %(number)s: %(title)s", **said)
    write = partial(_differing, old, new)
    return Offered(line, title, draft.group, write, sent=partial(openings.opened, new, asked.person, "mail", clock.now()))


def _differing(old: Version, new: Version, pen: Pen) -> Sheet:
    sheet = groupletters.difference(pen, old, new)
    sheet.purpose, sheet.about = "text", new.id
    return sheet


def part(asked: Asked) -> str:
    """PART: one letter of a series once more, under a letter of its own."""
    wanted = NUMBERS.match(naming.plain(asked.argument))
    number, of = int(wanted[1]), wanted[2]
    letter = _letter(asked.person, int(of)) if of else (asked.key.letter if asked.key else None)
    lost = _part_of(letter, number, asked.person) if letter is not None else None
    if lost is None:
        raise Refused(NO_PART, number=number)
    _check_reads(lost, asked.person)
    again = send_again(lost, asked.person, asked.once(f"part {number}"))
    asked.shared.letters += again is not None
    return gettext("Part %(number)s of “%(subject)s” comes once more.", number=number, subject=lost.subject)


def _letter(person: Person, letter_id: int) -> Letter | None:
    return db.session.scalar(select(Letter).where(Letter.id == letter_id, Letter.person_id == person.id))


def _part_of(letter: Letter, number: int, person: Person) -> Letter | None:
    series = letter.series_id or letter.id
    parts = select(Letter).where((Letter.id == series) | (Letter.series_id == series), Letter.person_id == person.id, Letter.part == number)
    return db.session.scalar(parts.order_by(Letter.id).limit(1))


def _check_reads(letter: Letter, person: Person) -> None:
    """Who may not read the group any more does not get its letters again."""
    if letter.group_id is not None and not people.may(person, "draft.read", letter.group_id) and not guests.rounds(person, letter.group_id):
        raise NotFound()


offering.offer("text", _texts)
offering.offer("compilation", _compilations)
offering.offer("comment", remarks.one)
