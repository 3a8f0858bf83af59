"""Whole mails as programs and servers of the world send them: each gives exactly the remarks that were typed, on their paragraphs.

The files lie in mails/, what each must mean in mails/expected.json; `python -m tests.inbox.corpus` writes both."""

import json
from pathlib import Path

import pytest

from consult.inbox.automatic import automatic
from consult.inbox.bounces import bounce
from consult.inbox.courtesies import without_courtesies
from consult.inbox.lines import command_lines
from consult.inbox.message import read
from consult.inbox.reading import own_words, remarks
from consult.inbox.unwrapping import unwrapped

MAILS = Path(__file__).with_name("mails")
TABLE = json.loads((MAILS / "expected.json").read_text(encoding="utf-8"))


def outcome(raw: bytes, mail, own: str) -> str:
    """What the table calls what happens with a mail, as far as reading it decides."""
    machine = automatic(mail.headers, mail)
    if machine is not None:
        return machine.outcome
    return "answer" if own or mail.attachments else "nothing"


def sent_to(expected: dict) -> str | None:
    """The letter that the mail answers."""
    return (MAILS / f"letter.{expected['letter']}.txt").read_text(encoding="utf-8") if "letter" in expected else None


def said(mail, expected: dict) -> list[list]:
    found = without_courtesies(remarks(mail.text, sent_to(expected), TABLE["marks"]).remarks, expected["name"])
    return [[each.mark, each.type, unwrapped(each.text), each.proposed] for each in found]


def spelled(rows: list[list]) -> list[list]:
    """Blanks within a line do not count, nor a blank between two Chinese lines that a program broke."""
    return [[part and " ".join(part.split(" ")) for part in row] for row in rows]


@pytest.mark.parametrize("name", TABLE["mails"])
def test_a_whole_mail_means_what_its_table_says(name):
    raw, expected = (MAILS / f"{name}.eml").read_bytes(), TABLE["mails"][name]
    mail = read(raw)
    own = "\n\n".join(span.text for span in own_words(mail.text, sent_to(expected))).strip()
    if "remarks" in expected:
        assert spelled(said(mail, expected)) == spelled(expected["remarks"])
        assert bool(own) == bool(expected["remarks"])
    if "outcome" in expected and expected.get("remarks") != []:
        assert outcome(raw, mail, own) == expected["outcome"]
    if "bounce" in expected:
        found = bounce(raw, mail)
        assert (found and [found.permanent, found.status]) == expected["bounce"]
    if "commands" in expected:
        commands, unread = command_lines(own)
        assert ([each.verb for each in commands], unread) == (expected["commands"], expected["unread"])
    assert mail.html_used == expected.get("html", mail.html_used)


def test_there_are_enough_of_them_and_none_is_forgotten():
    files = {path.stem for path in MAILS.glob("*.eml")}
    assert len(TABLE["mails"]) >= 150 and set(TABLE["mails"]) <= files
