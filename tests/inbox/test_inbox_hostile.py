"""Every message of the hostile set has the outcome its manifest asks for, decided without database or network."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.inbox.automatic import automatic
from consult.inbox.judging import Facts, judge
from consult.inbox.lines import command_lines
from consult.inbox.message import TooStrange, read
from consult.inbox.reading import own_words, sanitised
from consult.inbox.trust import verdict
from consult.inbox.words import names_a_key

HOSTILE = Path(__file__).parents[2].parent / "shared" / "data" / "mail" / "hostile"
NOW = datetime(2026, 10, 6, 12, tzinfo=UTC)
DOMAIN = "in.consult.example.int"
PLACES = {
    "@@TOKEN_A_OLD@@": "reply+0ld0ld0ld0ld0ld0",
    "@@TOKEN_A@@": "reply+a1a1a1a1a1a1a1a1",
    "@@TOKEN_B@@": "reply+b2b2b2b2b2b2b2b2",
    "@@CMD@@": "consult",
    "@@LIST@@": "lmr",
    "@@BOUNCE_A@@": "bounce+c3c3c3c3c3c3",
    "@@MSGID@@": f"<letter.7@{DOMAIN}>",
    "@@LINK_A@@": "https://consult.example.int/l/a",
    "@@EXPERT_A@@": "a@env.example",
    "@@EXPERT_B@@": "b@env.example",
    "@@OUTSIDER@@": "o@elsewhere.example",
}
KEYS = {
    "reply+a1a1a1a1a1a1a1a1": ("known", "a@env.example"),
    "reply+b2b2b2b2b2b2b2b2": ("known", "b@env.example"),
    "reply+0ld0ld0ld0ld0ld0": ("revoked", "a@env.example"),
}
MEMBERS = {"a@env.example", "b@env.example"}


def manifest():
    path = HOSTILE / "manifest.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def raw(entry):
    content = (HOSTILE / entry["file"]).read_bytes()
    for place, value in PLACES.items():
        content = content.replace(place.encode(), value.encode())
    return content


def recipient(content):
    found = re.search(rb"^To: <([^@>]+)@([^>]+)>", content, re.MULTILINE)
    return found[1].decode() if found and found[2].decode() == DOMAIN else None


def facts(content, to):
    if to is None or to in KEYS or to.startswith("reply+"):
        kind, (key, owner) = "reply", KEYS.get(to, (None, None))
    else:
        kind, key, owner = {"consult": "commands", "lmr": "group"}.get(to, "bounce" if to.startswith("bounce+") else "unknown"), None, None
    try:
        mail = read(content)
    except TooStrange as strange:
        return Facts(strange=strange.reason, addressed_to=kind)
    own = "\n".join(span.text for span in own_words(mail.text, None))
    commands, unread = command_lines(own if own.strip() else mail.subject)
    address = mail.sender.address
    return Facts(
        sender=mail.sender,
        trust=verdict(mail.headers, mail.sender.domain, "mx.consult.example.int", f"{to}@{DOMAIN}", NOW),
        automatic=automatic(mail.headers, mail),
        read=mail,
        addressed_to=kind,
        key=key,
        key_person_addresses=(owner,) if owner else (),
        sender_known=address in MEMBERS,
        own_address_as_sender=bool(address and address.endswith("@" + DOMAIN)),
        own_text=bool(own.strip()),
        files=False,
        commands=tuple(command.verb for command in commands),
        unread=bool(unread),
        key_in_text=names_a_key(own),
    )


@pytest.mark.skipif(not manifest(), reason="the hostile messages of ../shared/data are not here")
@pytest.mark.parametrize("entry", manifest() or [{}], ids=lambda entry: entry.get("file", "absent"))
def test_each_hostile_mail_gets_the_outcome_its_manifest_asks_for(entry):
    content = raw(entry)
    outcome = judge(facts(content, recipient(content)))
    kind = "hold" if outcome.kind == "ask" else outcome.kind  # it waits for its person instead of an officer
    assert (kind, bool(outcome.reason)) == (entry["expect"], True), outcome.reason


@pytest.mark.skipif(not manifest(), reason="the hostile messages of ../shared/data are not here")
@pytest.mark.parametrize(
    "entry", [entry for entry in manifest() if entry.get("must_not")] or [{}], ids=lambda entry: entry.get("file", "absent")
)
def test_what_must_not_be_published_is_not_in_the_published_words(entry):
    mail = read(raw(entry))
    words = "\n".join(sanitised(span.text) for span in own_words(mail.text, None))
    assert words and entry["must_not"] not in words


@pytest.mark.skipif(not manifest(), reason="the hostile messages of ../shared/data are not here")
def test_nobody_is_told_anything_about_a_mail_with_a_false_sender():
    for entry in manifest():
        if entry["file"].startswith("spoof/") and entry["expect"] == "reject" and "token" not in entry["file"]:
            content = raw(entry)
            assert not judge(facts(content, recipient(content))).tell, entry["file"]
