"""Writing to one person: their language and zone, their size limit, the headers and the footer that every letter has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from html import escape
from typing import NamedTuple

from flask import current_app, render_template
from flask_babel import gettext

from consult.alerts import parcels
from consult.alerts.forms import Entry, Words, composed
from consult.alerts.layout import as_html
from consult.alerts.parts import divided, octets
from consult.alerts.rhythm import may_wait
from consult.alerts.shelf import Material, Shelf
from consult.kit.text import size
from consult.outbox import actions as outbox
from consult.outbox import headers, signing, writing
from consult.outbox.attaching import Attached
from consult.outbox.models import Letter
from consult.people import links
from consult.people.models import Group, Person
from consult.people.rules import MAIL_LIMIT
from consult.web.filters import instant_words
from consult.web.locale import direction, language

OUR_HEADERS = 1_500  # octets: what the outbox puts before a letter's text, without the subject
ANSWERS_LAST = timedelta(days=60)
TRIES = 6
UNNAMED = 999_999_999  # stands for the number of a series while it has none
ASKED = ("changes", "text", "comments")  # what the person asked for just now does not wait
MOST_FOOTER = 300  # octets


class Part(NamedTuple):
    """One part of a letter: what stands on top, and the blocks below."""

    head: list[str]
    rest: list[str]
    number: int = 0  # of several


@dataclass
class Sheet:
    """One letter before it is cut: what stands on top, the blocks below, what an answer to it means, and the letter it follows."""

    kind: str
    subject: str
    top: list[str]
    purpose: str
    about: int
    blocks: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)  # stands on top of every further part
    until: datetime | None = None
    follows: str = ""
    private: bool = False  # the letter belongs to its reader alone: it is not among the letters of the group
    keys: list = field(default_factory=list)  # reply keys that stand inside the text
    form: str = "plain"  # how the entries of a digest stand in it: plain, rfc1153, mime
    along: Callable[[str], list[Attached]] | None = None  # files with the first part, made for the address that answers it
    weight: int = 0  # octets that those files take in the letter


@dataclass
class Pen:
    """What every letter to one person in one run is written with."""

    person: Person
    group: Group
    shelf: Shelf
    material: Material
    now: datetime
    purse: object = None  # what the month's budget still bears (budget.py), for whoever set one
    quiet_until: datetime | None = None  # official letters that can wait go when the person's quiet hours end

    @cached_property
    def stop(self) -> str:
        """The page where one press ends this person's news."""
        return links.web_address("stop", links.stop_link(self.person))

    @property
    def short(self) -> str:
        """What the group is called in subjects."""
        return self.group.short or self.group.slug

    def moment(self, when: datetime) -> str:
        """A moment in the person's zone and in UTC, zones named: `15 Dec 2026, 18:00 Paris time (15 Dec 2026, 17:00 UTC)`."""
        here, there = instant_words(when, self.person.zone), instant_words(when, "UTC")
        return here if here == there else f"{here} ({there})"

    def address(self, *steps: object) -> str:
        """A page of the group: `https://…/g/experts/r/3`."""
        return "/".join([home(), "g", self.group.slug, *map(str, steps)])

    def words(self, template: str, **values: object) -> list[str]:
        """The blocks of a text in templates/mail/, in the person's language."""
        text = render_template(f"mail/{template}.txt", pen=self, person=self.person, group=self.group, home=home(), **values)
        return blocks_of(text)

    def key(self, purpose: str, about: int, until: datetime | None = None, private: bool = False):
        """A reply address for this person: what an answer there means, and how long it is taken."""
        expires_at = until + ANSWERS_LAST if until else None
        return outbox.new_key(self.person, purpose, about, group_id=None if private else self.group.id, expires_at=expires_at)

    def measured(self, sheet: Sheet) -> tuple[int, int]:
        """How many octets the letter would have on its way, and in how many parts it would go."""
        parts = self._parts(sheet)
        return sum(self._size(sheet, part) + OUR_HEADERS for part in parts) + sheet.weight, len(parts)

    def post(self, sheet: Sheet, once: str) -> Letter | None:
        """Post the letter, in as many parts as the person's limit asks for; the first part, or None when it was posted before."""
        parts = self._parts(sheet)
        first = None
        for number, part in enumerate(parts, 1):
            if first is not None:
                part.head[0] = _part_line(number, len(parts), first.id)
            letter = self._post_part(sheet, number, len(parts), part, once if number == 1 else f"{once}:{number}", first)
            if first is None and letter is None:
                return None
            if first is None and len(parts) > 1:
                _name(letter, len(parts))
            first = first or letter
        return first

    def _post_part(self, sheet: Sheet, number: int, count: int, part: Part, once: str, first: Letter | None) -> Letter | None:
        blocks = [*part.head, *part.rest]
        inside = [key for key in sheet.keys if any(key.key in block for block in blocks)]
        inside += [block.about.key for block in blocks if isinstance(block, Entry) and block.about.key]
        keys = [self.key(sheet.purpose, sheet.about, sheet.until, sheet.private), *dict.fromkeys(inside)]
        before = [f"<{message_id}>" for message_id in (sheet.follows, first.message_id if first else "") if message_id]
        threading = {"In-Reply-To": before[-1], "References": " ".join(before)} if before else {}
        bodies = self._bodies(sheet, part)
        files = sheet.along(outbox.address_of(keys[0])) if sheet.along and number == 1 else ()
        return outbox.post(
            kind=sheet.kind, person=self.person, subject=self._subject(sheet, number, count), **bodies,
            group_id=None if sheet.private else self.group.id,
            group_name=self.short, once=once, keys=keys, headers=threading, list_id=self.group.slug,
            unsubscribe_url=self.stop, series=first, part=number, parts=count, files=files,
            not_before=self.quiet_until if sheet.kind not in ASKED and may_wait(sheet.until, self.now) else None,
        )  # fmt: skip

    def _subject(self, sheet: Sheet, number: int, count: int) -> str:
        part = gettext("(%(number)s of %(count)s)", number=number, count=count) if count > 1 else ""
        return f"[{self.short}] {sheet.subject} {part}".strip()

    def _parts(self, sheet: Sheet) -> list[Part]:
        """All blocks of each part, measured as they will travel."""
        limit = self.person.limit_bytes or (MAIL_LIMIT if self.person.means == "mail" else 0)
        if not limit:
            return [Part(sheet.top, sheet.blocks)]
        around = OUR_HEADERS + signing.allowance() + len(headers.subject(self._subject(sheet, 99, 99))) + sheet.weight
        room, share = limit - around - octets([self.footer, _part_line(99, 99, UNNAMED)]), 0.45 if self.person.form == "html" else 1.0
        share = parcels.FIRST_SHARE if self._packs(sheet) else share
        for _ in range(TRIES):
            cut = divided(sheet.top, sheet.again, sheet.blocks, room, share)
            parts = [self._part(sheet, number, len(cut), blocks) for number, blocks in enumerate(cut, 1)]
            whole = len(parts) == 1 and sheet.form == "plain" and not self._packs(sheet)
            if whole or all(self._size(sheet, part) + around <= limit for part in parts):
                break
            share *= 0.8
        return parts

    def _part(self, sheet: Sheet, number: int, count: int, blocks: list[str]) -> Part:
        line = [_part_line(number, count, UNNAMED)] if count > 1 else []
        return Part(line + (sheet.top if number == 1 else sheet.again), blocks, number if count > 1 else 0)

    def _packs(self, sheet: Sheet) -> bool:
        """Whether the text of this letter goes as a packed file: for whoever chose that, where it saves something."""
        return bool(self.person.packing) and octets(sheet.blocks) >= parcels.WORTH

    def _size(self, sheet: Sheet, part: Part) -> int:
        made = writing.write(
            writing.Outgoing(message_id="", domain="", to_address="", subject="", date=self.now, **self._bodies(sheet, part))
        )
        return len(made.partition(b"\r\n\r\n")[2])

    def _bodies(self, sheet: Sheet, part: Part) -> dict[str, object]:
        """The text, the same in HTML where the person wants it, where the entries of a digest stand, and how the text is packed."""
        if self._packs(sheet):
            name = "-".join([self.group.slug, *sheet.kind.split(), str(sheet.about), *([str(part.number)] if part.number else [])])
            return parcels.parcel(part.head, part.rest, self.footer, name, self.person.packing, self._packed_words)
        blocks, end = [*part.head, *part.rest], gettext("End of %(group)s Digest", group=self.short)
        text, pieces = composed(sheet.form, blocks, Words(self.footer, gettext("In this digest:"), end))
        html = None
        if self.person.form == "html" and sheet.form == "plain":
            html = as_html([*blocks, self.footer], language=language(), direction=direction(), home=home())
        return {"text": text, "html": html, "pieces": pieces}

    def _packed_words(self, name: str, octets: int, unpacked: int) -> str:
        told = gettext("The text is in the file %(name)s: %(size)s, unpacked %(all)s.", name=name, size=size(octets), all=size(unpacked))
        return told + " " + gettext("Write into it and send it back, or copy from it into your answer. PACK none ends the packing.")

    @cached_property
    def footer(self) -> str:
        """Why the person gets this letter and how to change it: at most 300 octets, whatever the names are."""
        url, address = f"{home()}/me", f"consult@{current_app.config['MAIL_DOMAIN']}"
        said = gettext(
            "You take part in %(group)s. Letters, how often, how large: %(url)s or write STOP or HELP to %(address)s",
            group=self.short, url=url, address=address,
        )  # fmt: skip
        return next(words for words in (said, f"{url}\nHELP, STOP: {address}", f"HELP, STOP: {address}") if fits(words))


def fits(footer: str) -> bool:
    """Whether that may stand below every letter."""
    return len(footer.encode()) <= MOST_FOOTER or footer.startswith("HELP")


def home() -> str:
    """The public address of this installation."""
    return current_app.config["URL"]


def blocks_of(text: str) -> list[str]:
    """A text as blocks: what stands between empty lines."""
    blocks = ["\n".join(line.rstrip() for line in block.split("\n")).strip("\n") for block in text.replace("\r\n", "\n").split("\n\n")]
    return [block for block in blocks if block.strip()]


def _part_line(number: int, count: int, series: int) -> str:
    """Which part it is, and the command that brings it again: the number is that of the first part."""
    return gettext("Part %(number)s of %(count)s", number=number, count=count) + f" (PART {number} OF {series})"


def _name(first: Letter, count: int) -> None:
    """The first part learns its own number only when it is posted."""
    unnamed, named = _part_line(1, count, UNNAMED), _part_line(1, count, first.id)
    first.text = first.text.replace(unnamed, named, 1)
    if first.html:
        first.html = first.html.replace(escape(unnamed), escape(named), 1)
