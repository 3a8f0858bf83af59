"""Pure: who may do what, and what a name, an address, a preference or a password has to be."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from consult.errors import Refused
from consult.kit import clock, text
from consult.kit.words import N_, Words

LANGUAGES = {"ar": "العربية", "en": "English", "es": "español", "fr": "français", "ru": "русский", "zh": "中文"}
RHYTHMS = {"at-once": N_("at once"), "daily": N_("once a day"), "weekly": N_("once a week"), "none": N_("no letters")}
DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
FORMS = {"text": N_("text only"), "html": N_("text and HTML")}
ATTACHMENTS = {
    "none": N_("no files; a line says what there is"),
    "links": N_("links to files"),
    "under": N_("files that fit into my largest letter"),
}
PACKINGS = {"": N_("long texts in the letter itself"), "gz": N_("long texts as a .txt.gz file"), "zip": N_("long texts as a .zip file")}
DIGEST_FORMS = {
    "plain": N_("one short text"),
    "rfc1153": N_("one text with headings that mail programs can split (RFC 1153)"),
    "mime": N_("each piece of news as a letter inside the letter (MIME digest)"),
}
MEANS = {"page": N_("the pages and e-mail"), "mail": N_("e-mail only")}
ROLES = {
    "officer": N_("officer"),
    "chair": N_("chair"),
    "co-chair": N_("co-chair"),
    "member": N_("member"),
    "observer": N_("observer"),
    "alternate": N_("alternate"),
}
GROUP_KINDS = {
    "expert group": N_("expert group"),
    "advisory committee": N_("advisory committee"),
    "liaison group": N_("liaison group"),
}
COMMANDS = (
    ("HELP", N_("what can be asked for")),
    ("STATUS", N_("your groups, open rounds and settings")),
    ("LIST", N_("what there is to read")),
    ("GET R3 docx", N_("the text as a Word file to write into; GET R3 iso2012 or another form: the comments; GET R3 compilation xlsx")),
    ("KIT R3", N_("the offline kit of a round as one file; KIT R3 bare without the comments of others, KIT R3 form the form alone")),
    ("DIGEST daily", N_("how often news come: at-once, daily, weekly or none; DIGEST weekly monday 7: when")),
    ("LIMIT 40 kB", N_("the largest letter you can receive; longer ones come in parts")),
    ("FORMAT text", N_("letters as text only, or as html too")),
    ("LANG fr", N_("the language of letters: ar, en, es, fr, ru or zh")),
    ("BUDGET 300 kB", N_("what may be sent to you in a month; BUDGET 0 for any")),
    ("ATTACHMENTS links", N_("files: none, links, or under for those that fit into your largest letter")),
    ("PACK gz", N_("long texts as a packed file: gz, zip or none")),
    ("FORM plain", N_("the daily or weekly letter: plain, rfc1153 or mime")),
    ("QUIET 22-6", N_("the hours of your clock in which no news come; QUIET none for no such hours")),
    ("MEANS", N_("the questions about how you can take part, and how else you can be reached")),
    ("ZONE Africa/Nairobi", N_("the zone in which moments are told")),
    ("NAME Ada Byron", N_("how you are called here")),
    ("RECEIPTS on", N_("whether every letter is answered with what was understood: on or off")),
    ("AWAY 2026-12-20 2027-01-05", N_("days on which you are not reminded; AWAY alone takes them back")),
    ("REVOKE ALL", N_("all your reply addresses mean nothing any more; REVOKE alone, in answer to a letter: those in it")),
    ("STOP", N_("no more letters")),
)
GUEST = "guest"  # let into one round from outside the group: an external reviewer, or who drafts for a Party or organization
ORDER = ("officer", "chair", "co-chair", "member", "alternate", "observer")
ORGANIZATIONS = ("party", "non-party", "secretariat", "observer", "")
MAIL_LIMIT = 40_000  # octets a letter for whoever has only e-mail, until they choose otherwise
SMALLEST_LIMIT, LARGEST_LIMIT = 8_000, 10_000_000
SMALLEST_BUDGET, LARGEST_BUDGET = 50_000, 1_000_000_000
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200


@dataclass(frozen=True)
class Permission:
    """One thing that can be allowed: the sentence people read, and the roles that have it."""

    sentence: str
    roles: frozenset[str]


def _for(sentence: str, *roles: str) -> Permission:
    return Permission(sentence, frozenset(roles) | {"staff"})


_LEADS = ("officer", "chair", "co-chair")
_ALL = tuple(ROLES)

PERMISSIONS: dict[str, Permission] = {
    "group.read": _for(N_("See the group, its members and its timeline"), *_ALL),
    "draft.read": _for(N_("Read the drafts of the group and the comments on them"), *_ALL),
    "round.read": _for(N_("Read the text of one round and comment in it"), *_ALL, GUEST),
    "draft.write": _for(N_("Bring in a draft and correct how it was cut into paragraphs"), "officer"),
    "readers.see": _for(N_("See who opened a version of a draft, and who has not"), "officer"),
    "version.publish": _for(N_("Publish a version of a draft"), "officer"),
    "ties.correct": _for(N_("Correct by hand what became of a paragraph in the next version"), "officer"),
    "draft.issue": _for(N_("Issue a draft, so that it may be cited, and change the words of its label"), "officer"),
    "round.open": _for(N_("Open a round of comments"), "officer"),
    "round.manage": _for(N_("Extend a round, close it, and remind those who have been silent"), *_LEADS),
    "comment.make": _for(N_("Comment in a round they are invited to, and answer comments"), *_ALL),
    "comment.manage": _for(N_("Place comments on other paragraphs and enter comments for others"), "officer"),
    "reviewer.invite": _for(N_("Invite external reviewers to one round, and end that"), "officer"),
    "delegation.manage": _for(
        N_("Name the contact point of a Party or organization in a round, and see how many comments it prepares"), "officer"
    ),
    "response.give": _for(N_("Respond to comments with a disposition and words"), *_LEADS),
    "questions.manage": _for(N_("Write the guiding questions of a round, and see who has answered which"), "officer"),
    "poll.manage": _for(
        N_("Open a straw poll, a consensus call or a silence procedure, see its voices before the end, and close it"), *_LEADS
    ),
    "poll.vote": _for(
        N_("Give a voice in a poll; that of an observer is shown apart"), "chair", "co-chair", "member", "alternate", "observer"
    ),
    "meeting.read": _for(N_("See the meetings of the group, their documents and who comes"), *_ALL),
    "meeting.answer": _for(N_("Say whether they attend a meeting, or send their apologies"), *_ALL),
    "meeting.manage": _for(N_("Plan and announce meetings, put documents before them, and note who was there"), "officer"),
    "compilation.publish": _for(N_("Publish the compilation of a round: its comments and the responses to them"), "officer"),
    "response.propose": _for(N_("Propose responses to the comments they are asked to draft for"), *_LEADS, "member"),
    "letters.read": _for(N_("See the letters of the group, what became of them, and send one again"), "officer"),
    "tasks.settle": _for(N_("See what only a person can do, such as telephoning somebody, and say what became of it"), "officer"),
    "reach.manage": _for(N_("See by which means members can be reached, ask them, and enter what they say on paper"), "officer"),
    "desk.work": _for(N_("Settle what came by mail and could not be placed"), "officer"),
    "members.manage": _for(N_("Add people to the group and end memberships"), "officer"),
    "people.manage": _for(N_("See and add people, and change how they are written to")),
    "group.manage": _for(N_("Form groups and change their mandate and terms")),
}


def permits(roles: frozenset[str], permission: str) -> bool:
    """Whether somebody with these roles may do this."""
    allowed = PERMISSIONS[permission].roles
    return "anyone" in allowed or bool(allowed & roles)


def require(roles: frozenset[str], permission: str) -> None:
    """Refuses, naming what was asked for and who could do it."""
    if not permits(roles, permission):
        raise Refused(N_("Your role does not include this: %(permission)s."), permission=Words([PERMISSIONS[permission].sentence]))


def in_order(seats: list) -> list:
    """Seats as lists of participants show them: officers, chairs, members (Parties, then others, each by name), observers."""

    def place(seat) -> tuple:
        organization = seat.person.organization
        kind = organization.kind if organization else ""
        rank = ORGANIZATIONS.index(kind) if kind in ORGANIZATIONS else len(ORGANIZATIONS)
        return ORDER.index(seat.role), rank, organization.name.casefold() if organization else "", seat.person.name.casefold()

    return sorted(seats, key=place)


def is_current(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a membership holds on that day. It no longer does on the day it ends."""
    return starts_on <= on and (ends_on is None or on < ends_on)


def name(raw: str) -> str:
    """A person's or a thing's name on one clean line; refuses an empty one and one of more than 200 characters."""
    clean = text.one_line(raw, 10_000)
    if not clean:
        raise Refused(N_("A name is needed."))
    if len(clean) > 200:
        raise Refused(N_("The name is longer than 200 characters."))
    return clean


_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def address(raw: str) -> str:
    """An e-mail address fit to be written to (RFC 5321 dot-string at a domain, in ASCII; a domain in another script as IDNA)."""
    if not raw.strip():
        raise Refused(N_("An e-mail address is needed."))
    local, at, domain = raw.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    good = at and _LOCAL.fullmatch(local) and len(local) <= 64 and len(labels) > 1 and all(_LABEL.fullmatch(part) for part in labels)
    if not good or len(domain) > 255:
        raise Refused(N_("“%(address)s” is not an e-mail address."), address=text.one_line(raw, 80))
    return f"{local}@{domain}"


def folded(raw: str) -> str:
    """What two spellings of one address have in common."""
    return unicodedata.normalize("NFC", raw.strip()).casefold()


def role(raw: str) -> str:
    """One of the roles in a group, however it was typed."""
    typed = raw.strip().lower().replace("cochair", "co-chair").replace(" ", "-")
    return _one_of(typed, ROLES, N_("“%(value)s” is not a role. Roles are: %(known)s."))


def _one_of(value: str, known: dict, reason: str) -> str:
    if value not in known:
        raise Refused(reason, value=text.one_line(value, 40), known=", ".join(known))
    return value


def _between(value: int, low: int, high: int, reason: str) -> int:
    if not low <= value <= high:
        raise Refused(reason)
    return value


def check_absence(starts_on: date, ends_on: date, today: date) -> None:
    """Days away end after they begin, are not over, and are not more than a year."""
    if ends_on < starts_on:
        raise Refused(N_("The last day away lies before the first one."))
    if ends_on < today:
        raise Refused(N_("These days are over already."))
    if (ends_on - starts_on).days > 366:
        raise Refused(N_("That is more than a year. Tell the officers of your groups; perhaps somebody can take your place."))


def limit_bytes(value: int) -> int:
    """The largest letter in octets; 0 means no limit."""
    return value and _between(value, SMALLEST_LIMIT, LARGEST_LIMIT, N_("A size limit is between 8 kB and 10 MB, or 0 for none."))


def budget_bytes(value: int) -> int:
    """The octets that may be sent a month; 0 means no budget."""
    return value and _between(value, SMALLEST_BUDGET, LARGEST_BUDGET, N_("A monthly budget is between 50 kB and 1 GB, or 0 for none."))


def quiet_hour(value: int | None) -> int | None:
    """An hour at which quiet begins or ends, or None for no quiet hours."""
    return value if value is None else _between(value, 0, 23, N_("An hour is between 0 and 23."))


def check_quiet(given: dict) -> None:
    """Quiet hours have a beginning and an end that differ, or there are none."""
    if not {"quiet_from", "quiet_to"} & set(given):
        return
    begins, ends = given.get("quiet_from"), given.get("quiet_to")
    if (begins is None) != (ends is None):
        raise Refused(N_("Quiet hours need a beginning and an end; leave both empty for none."))
    if begins is not None and begins == ends:
        raise Refused(N_("Quiet hours begin and end at different hours; for no letters at all choose “no letters”."))


CHECKS = {
    "name": name,
    "language": lambda value: _one_of(value, LANGUAGES, N_("“%(value)s” is not a language of Consult. Languages are: %(known)s.")),
    "zone": lambda value: clock.zone(value).key,
    "means": lambda value: _one_of(value, MEANS, N_("“%(value)s” is not a way of taking part. Ways are: %(known)s.")),
    "rhythm": lambda value: _one_of(value, RHYTHMS, N_("“%(value)s” is not a rhythm. Rhythms are: %(known)s.")),
    "digest_day": lambda value: _between(value, 0, 6, N_("A day is between 0 (Monday) and 6 (Sunday).")),
    "digest_hour": lambda value: _between(value, 0, 23, N_("An hour is between 0 and 23.")),
    "form": lambda value: _one_of(value, FORMS, N_("“%(value)s” is not a form of letter. Forms are: %(known)s.")),
    "limit_bytes": limit_bytes,
    "budget_bytes": budget_bytes,
    "attachments": lambda value: _one_of(value, ATTACHMENTS, N_("“%(value)s” is no way of getting files. Ways are: %(known)s.")),
    "packing": lambda value: _one_of(value, PACKINGS, N_("“%(value)s” is no packing. Packings are: gz, zip, or nothing.")),
    "digest_form": lambda value: _one_of(value, DIGEST_FORMS, N_("“%(value)s” is no form of digest. Forms are: %(known)s.")),
    "quiet_from": quiet_hour,
    "quiet_to": quiet_hour,
    "receipts": bool,
}


def preferences(given: dict) -> dict:
    """What a person chose, checked one by one; refuses the first that cannot be."""
    checked = {key: CHECKS[key](value) for key, value in given.items()}
    check_quiet(checked)
    return checked


def password(raw: str, *own: str) -> str:
    """A password nobody guesses at once: 10 to 200 characters, not one's own name or address, not one character again and again."""
    clean = unicodedata.normalize("NFC", raw)
    if len(clean) < SHORTEST_PASSWORD:
        raise Refused(N_("A password has at least %(least)s characters."), least=SHORTEST_PASSWORD)
    if len(clean) > LONGEST_PASSWORD:
        raise Refused(N_("A password has at most %(most)s characters."), most=LONGEST_PASSWORD)
    if len(set(clean)) < 4 or clean.casefold() in {folded(each) for each in own}:
        raise Refused(N_("This password is too easy to guess."))
    return clean
