"""Pure: meetings as iCalendar (RFC 5545, 5546) that calendars apply, and the answers that calendars send back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//Consult//Meetings//EN"
LARGEST = 100_000
ANSWERED = {"ACCEPTED": "attending", "DECLINED": "apologies", "TENTATIVE": "", "NEEDS-ACTION": "", "DELEGATED": "alternate"}


@dataclass(frozen=True)
class Entry:
    """What a calendar is told of a meeting. `organizer`: where it sends the answer; `attendee`: whom it is about."""

    uid: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    about: str = ""
    url: str = ""
    cancelled: bool = False
    organizer: str = ""
    organizer_name: str = ""
    attendee: str = ""
    attendee_name: str = ""
    partstat: str = "NEEDS-ACTION"


@dataclass(frozen=True)
class Reply:
    """What a calendar answers: to which meeting, in which state of it, how, and in which words."""

    uid: str
    answer: str  # attending, apologies, alternate; empty: neither yes nor no
    comment: str = ""
    sequence: int = 0


def written(entries: list[Entry], method: str = "PUBLISH", name: str = "") -> bytes:
    """The meetings as a calendar. `method`: PUBLISH to look at, REQUEST to be answered, CANCEL to be taken out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}"] if name else []
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(of: Entry) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{of.uid}", f"SEQUENCE:{of.sequence}", f"DTSTAMP:{_moment(of.made_at)}"]
    lines += [f"DTSTART:{_moment(of.starts_at)}", f"DTEND:{_moment(of.ends_at)}", f"SUMMARY:{_escaped(of.summary)}"]
    said = {"LOCATION": of.place, "DESCRIPTION": of.about}
    lines += [f"{name}:{_escaped(value)}" for name, value in said.items() if value]
    lines += [f"URL:{of.url}"] if of.url else []
    lines.append(f"STATUS:{'CANCELLED' if of.cancelled else 'CONFIRMED'}")
    if of.organizer:
        lines.append(f"ORGANIZER;CN={_quoted(of.organizer_name)}:mailto:{of.organizer}")
    if of.attendee:
        lines.append(f"ATTENDEE;CN={_quoted(of.attendee_name)};ROLE=REQ-PARTICIPANT;PARTSTAT={of.partstat};RSVP=TRUE:mailto:{of.attendee}")
    return [*lines, "END:VEVENT"]


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign, written_as in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, written_as)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)


def _quoted(name: str) -> str:
    """A parameter's value may hold neither quotes nor control characters."""
    return '"' + re.sub(r'[\x00-\x1f\x7f"]', "", name) + '"'


def folded(line: str) -> str:
    """No line longer than 75 octets, none cut inside a character (RFC 5545 3.1)."""
    parts, room, now = [], 75, ""
    for sign in line:
        if len((now + sign).encode()) > room:
            parts.append(now)
            now, room = "", 74
        now += sign
    return "\r\n ".join([*parts, now])


def reply(content: bytes) -> Reply | None:
    """The answer that this calendar file holds: the first attendee of its first event; None where it is none, however broken it is."""
    if len(content) > LARGEST:
        return None
    lines = _unfolded(content)
    method = next((value for name, _, value in lines if name == "METHOD"), "").strip().upper()
    if method not in ("REPLY", "COUNTER") or ("BEGIN", "VEVENT") not in {(name, value.strip().upper()) for name, _, value in lines}:
        return None
    event = _first_event(lines)
    attendee = next((given for name, given, _ in event if name == "ATTENDEE"), "")
    state = re.search(r"PARTSTAT=\"?([A-Z-]+)", attendee.upper())
    uid = next((value.strip() for name, _, value in event if name == "UID"), "")
    comment = next((_plain(value) for name, _, value in event if name == "COMMENT"), "")
    number = next((value.strip() for name, _, value in event if name == "SEQUENCE"), "0")
    answer = ANSWERED.get(state[1], "") if state else ""
    return Reply(uid[:200], answer, comment[:2000].strip(), int(number) if number.isdigit() and len(number) < 9 else 0)


def _unfolded(content: bytes) -> list[tuple[str, str, str]]:
    """(name, parameters, value) of each line, whatever line ends and folds the program used."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\n ", "").replace("\n\t", "")
    found = []
    for line in text.split("\n")[:2000]:
        head, value = _parted(line)
        name, _, parameters = head.partition(";")
        found.append((name.strip().upper(), parameters, value))
    return found


def _parted(line: str) -> tuple[str, str]:
    """Before and after the first colon that stands in no quotes."""
    quoted = False
    for place, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == ":" and not quoted:
            return line[:place], line[place + 1 :]
    return line, ""


def _first_event(lines: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    begun = next(at for at, (name, _, value) in enumerate(lines) if name == "BEGIN" and value.strip().upper() == "VEVENT")
    ended = next((at for at, (name, _, _) in enumerate(lines) if name == "END" and at > begun), len(lines))
    return lines[begun + 1 : ended]


def _plain(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)
