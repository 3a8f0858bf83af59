"""Whoever chose it gets long texts as a packed file, and answers them as everybody else does."""

import email
import gzip
import re
from email.policy import default

from consult.drafts import queries as drafts
from consult.extensions import db, transaction
from consult.outbox.checking import check
from consult.outbox.queries import sent_text
from consult.review.models import Comment
from tests import make
from tests.alerts.post import a_round, letters, raw, work
from tests.inbox import test_desk_digests as digests
from tests.inbox.letters import arrives, mail

MARK = re.compile(r"^\[([^\]]+)\]", re.MULTILINE)
WORDS = re.findall(
    r"\w+",
    """
    technology transfer capacity building countries Parties fund access sharing benefits genetic resources
    knowledge communities indigenous local measures national legislation implementation review period report
    secretariat invites governments organizations consider voluntary guidelines monitoring assessment
""",
)


def long_text(paragraphs: int) -> str:
    """Prose that packs as prose does: many words, in an order of its own in each paragraph."""
    place = lambda number, at: (number * 7919 + at * at * 31 + at * 104729) % len(WORDS)  # noqa: E731
    return "\n\n".join(f"{n}. The {' '.join(WORDS[place(n, at)] for at in range(60))}." for n in range(1, paragraphs + 1))


def taken_apart(letter) -> tuple[str, str, str]:
    """(what stands in the letter, the name of the file, what the file says)."""
    read = email.message_from_bytes(raw(letter), policy=default)
    (file,) = read.iter_attachments()
    return read.get_body(("plain",)).get_content(), file.get_filename(), gzip.decompress(file.get_content()).decode()


def test_a_long_draft_comes_as_one_packed_file_and_is_commented_on_as_if_it_stood_in_the_letter(app, travel):
    with transaction():
        _, ada, asked = a_round(long_text(80), means="mail", packing="gz")
    work()
    (letter,) = letters(ada)
    said, name, text = taken_apart(letter)
    assert check(raw(letter)) == [] and len(raw(letter)) < len(text) * 0.6 < 40_000
    assert name == f"experts-opening-{asked.id}.txt.gz" and f"The text is in the file {name}" in " ".join(said.split())
    assert MARK.findall(text) == [row.mark for row in drafts.paragraphs(asked.version_id)] and not MARK.findall(said)
    assert sent_text(letter).endswith(text) and "STOP" in said and "STOP" not in text
    quoted = "\n".join(f"> {line}" for line in text.split("\n\n")[6].split("\n"))
    body = f"{quoted}\n\nSay who pays.\n\n[9] Agreed.\n\n> The text is in the file {name}"
    arrived = arrives(mail(letter.reply_to, body), letter.reply_to)
    assert arrived.state == "taken"
    assert [each["mark"] for each in arrived.understood] == ["7", "9"]
    assert [made.text for made in db.session.scalars(db.select(Comment))] == ["Say who pays.", "Agreed."]


def test_a_text_too_long_for_one_letter_comes_in_packed_parts_each_within_the_limit(app, travel):
    with transaction():
        _, ada, asked = a_round(long_text(160), means="mail", packing="gz", limit_bytes=12_000)
    work()
    parts = letters(ada)
    assert 2 < len(parts) < 8 and all(len(raw(part)) <= 12_000 for part in parts)
    texts = [taken_apart(part) for part in parts]
    assert MARK.findall("\n".join(text for _, _, text in texts)) == [row.mark for row in drafts.paragraphs(asked.version_id)]
    assert len({name for _, name, _ in texts}) == len(parts)


def test_short_letters_and_people_who_did_not_choose_it_get_the_text_itself(app, travel):
    with transaction():
        group, ada, asked = a_round(packing="gz")
    work()
    assert [letter.packed for letter in letters(ada)] == [None] and b"[1]" in raw(letters(ada)[0])
    with transaction():
        other = make.round(make.published(make.draft(group, "Another"), long_text(30)))
    work()
    assert other and [bool(letter.packed) for letter in letters(ada)] == [False, True]


def test_what_is_copied_from_a_packed_digest_is_answered_entry_by_entry(app, monkeypatch):
    monkeypatch.setattr("consult.alerts.parcels.WORTH", 100)
    _, letter = digests.a_digest("mime", packing="gz")
    _, name, text = taken_apart(letter)
    assert name.endswith(".txt.gz") and all(said in " ".join(text.split()) for said in digests.SAID.values())
    entry = next(block for block in text.split("\n\n") if digests.SAID["7"] in block)
    quoted = "\n".join(f"> {line}" for line in entry.split("\n"))
    number = digests.number_of("2")
    assert digests.answer(letter, f"{quoted}\n\nWe agree.\n\n#{number}: They are named.").state == "taken"
    assert digests.threads() == {"7": "We agree.", "2": "They are named."}
