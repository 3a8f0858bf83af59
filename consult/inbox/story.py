"""The story of one letter in whole sentences: where it was addressed, whose key it used, who vouches for it, what was cut, what came."""

from dataclasses import dataclass, field

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup

from consult.errors import NotFound
from consult.inbox import desk, queries, rules
from consult.inbox.headers import headers
from consult.inbox.limits import HEADER_BLOCK, TooStrange, header_block
from consult.inbox.models import Arrival
from consult.inbox.own import cut_pieces
from consult.inbox.trust import verdict
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.outbox.models import ReplyKey
from consult.people import queries as people
from consult.web.filters import instant, told

MEANT = {
    "round": N_("to a letter about a round: what is written becomes comments"),
    "comment": N_("to the letter of a comment: what is written goes into its thread"),
    "digest": N_("to a whole digest"),
    "receipt": N_("to a receipt: UNDO takes back, marked remarks are added"),
    "poll": N_("to a poll: one word is a voice"),
    "meeting": N_("to a letter about a meeting: a word or a calendar says whether somebody attends"),
    "means": N_("to the questions about how somebody can take part"),
    "terms": N_("to an invitation to review from outside"),
    "delegation": N_("to what a Party or organization prepares"),
}
CUT = {
    "ours": N_("words of our own letter"),
    "quote": N_("a quotation"),
    "introduction": N_("a line by which a mail program introduces an older mail"),
    "older": N_("an older mail below"),
    "signature": N_("a signature"),
    "footer": N_("a notice that a server puts around mails"),
}
"""As what a piece of a mail was cut."""


@dataclass
class Story:
    """The sentences, in order, and what was cut and as what (None: the mail cannot be read now, only what was kept is known)."""

    sentences: list[str] = field(default_factory=list)
    cut: list[tuple[str, str]] | None = None


def of(arrival: Arrival) -> Story:
    """Everything that can be said of a letter, by reading it once more; nothing is changed."""
    key = queries.key(arrival)
    found = Story([_addressed(arrival, key), *_key(arrival, key), _sender(arrival)])
    try:
        raw = queries.raw(arrival)
    except NotFound as missing:
        return Story([*found.sentences, str(missing)])
    found.sentences += [_trust(arrival, raw), *_settled(arrival)]
    found.cut = _cut(raw, key)
    return found


def _set_apart(value: object) -> Markup:
    return Markup("<bdi>{}</bdi>").format(value)


def _addressed(arrival: Arrival, key: ReplyKey | None) -> str:
    kind, name = rules.addressed(arrival.envelope_to, current_app.config["MAIL_DOMAIN"])
    if kind == "reply":
        return gettext("It came to the secret address of one letter, as an answer to it.")
    if kind == "bounce":
        return gettext("It came to the return address of one letter, where reports of mail servers come.")
    if kind == "commands":
        return gettext("It came to the address for commands.")
    if kind == "group":
        return Markup(gettext("It came to the address of %(name)s.")) % {"name": _set_apart(name)}
    return gettext("It came to an address that is none of ours.")


def _key(arrival: Arrival, key: ReplyKey | None) -> list[str]:
    if key is None:
        return []
    said = Markup(gettext("It answers a letter to %(name)s.")) % {"name": _set_apart(people.get_person(key.person_id).name)}
    said = [said, gettext("It is an answer %(meaning)s.", meaning=gettext(MEANT[key.purpose]))] if key.purpose in MEANT else [said]
    if key.revoked_at is not None and key.purpose != "delegation":
        said.append(Markup(gettext("The address was withdrawn %(when)s.")) % {"when": instant(key.revoked_at)})
    elif key.expires_at is not None and key.expires_at < arrival.received_at:
        said.append(Markup(gettext("The address had expired %(when)s.")) % {"when": instant(key.expires_at)})
    return said


def _sender(arrival: Arrival) -> str:
    if arrival.person is not None:
        return Markup(gettext("It says it is from %(address)s, an address of %(name)s.")) % {
            "address": _set_apart(arrival.sender), "name": _set_apart(arrival.person.name)
        }  # fmt: skip
    if arrival.sender:
        return Markup(gettext("It says it is from %(address)s, which is nobody's address here.")) % {"address": _set_apart(arrival.sender)}
    return gettext("It does not say in a way that can be believed who it is from.")


def _trust(arrival: Arrival, raw: bytes) -> str:
    """What the receiving server said of the sender when it came, read again from the head of the mail."""
    if arrival.verified:
        return gettext("A mail server vouched for the sender, or the signature was checked here.")
    if len(header_block(raw)) > HEADER_BLOCK:
        return gettext("Its head is too long to be believed.")
    domain = arrival.sender.rpartition("@")[2] or None
    found = verdict(headers(raw), domain, current_app.config["AUTHSERV_ID"] or None, arrival.envelope_to or None, arrival.received_at)
    return told(found.why)


def _settled(arrival: Arrival) -> list[str]:
    if arrival.settled_at is None:
        return []
    who = people.get_person(arrival.settled_by_id).name if arrival.settled_by_id else "Consult"
    return [Markup(gettext("%(name)s settled it %(when)s.")) % {"name": _set_apart(who), "when": instant(arrival.settled_at)}]


def _cut(raw: bytes, key: ReplyKey | None) -> list[tuple[str, str]] | None:
    sent = outbox.sent_text(key.letter) if key and key.letter else None
    try:
        text = desk.reader().read(raw, sent).text
    except TooStrange:
        return None
    return [(gettext(CUT[why]), rules.redacted(words)) for why, words in cut_pieces(text, sent)]
