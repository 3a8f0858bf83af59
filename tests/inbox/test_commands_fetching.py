"""What somebody without pages fetches by mail: texts, pieces of them, changes, comments, what they search, and a part that was lost."""

import pytest

from consult.extensions import db
from consult.inbox.models import Wish
from consult.people import actions as people
from consult.review import actions as review
from tests import make
from tests.inbox import letters

CONSULT = f"consult@{letters.DOMAIN}"
SLUG = "report-on-technology-transfer"
LONG = "\n\n".join(
    f"{number}. " + f"Paragraph {number} speaks of transfer and of terms that suit everybody. " * 20 for number in range(1, 80)
)


@pytest.fixture
def table(app):
    return letters.laid()


def asked(body: str, name: str = "c1", sender: str = "Ada <ada@env.example>", to: str = CONSULT, **more) -> tuple[str, list]:
    """The text of the letter that answers, and the further letters that came with it."""
    last = letters.db.session.scalar(db.select(db.func.max(letters.Letter.id))) or 0
    arrival = letters.arrives(letters.mail(to, body, name=name, sender=sender, subject="", **more), to, sender.split("<")[1].strip(">"))
    assert arrival.state == "taken", arrival.reason
    came = letters.letters_after(last)
    return next(each.text for each in came if each.kind == "commands"), [each for each in came if each.kind != "commands"]


def test_a_draft_comes_with_its_label_and_can_be_answered_like_the_letter_of_the_round(table):
    told, (letter,) = asked(f"GET {SLUG}")
    assert "letter of its own" in told and "not for citation" in letter.text and "[14] Paragraph 14" in letter.text
    reply = letter.text.replace("\n", "\n> ")
    arrival = letters.arrives(letters.mail(letter.reply_to, f"[3] Too vague.\n\n> {reply}", name="c2"), letter.reply_to)
    assert arrival.state == "taken" and letters.comments()[0].paragraph.mark == "3"


def test_a_range_of_paragraphs_of_one_version(table):
    make.published(make.draft_queries.draft(table.group.id, SLUG), letters.TEXT.replace("number 4.", "number four."))
    db.session.commit()
    _, (old,) = asked(f"get {SLUG} v1 [3-5]")
    assert "number 4." in old.text and "[3]" in old.text and "[6]" not in old.text and "[2]" not in old.text
    _, (new,) = asked(f"GET R{table.round.id} 12", name="c2")
    assert "[12] Paragraph 12" in new.text and "[13]" not in new.text
    told, (changes,) = asked(f"DIFF {SLUG} 1 2", name="c3")
    assert "four" in changes.text and "[-" in changes.text


def test_nobody_gets_what_they_may_not_read(table):
    other = make.group("others")
    make.published(make.draft(other, "Secret plan"), "1. Nobody else reads this.")
    db.session.commit()
    told, came = asked("GET secret-plan\nSEARCH nobody\nCOMMENTS R999")
    assert not came and "Nothing here is called" in told and "no round R999" in told and "Nothing that you can read" in told


def test_what_is_large_is_announced_first_and_comes_after_a_yes(app):
    table = letters.laid(text=LONG)
    people.change_preferences(table.ada, by=table.ada, door="page", limit_bytes=20_000)
    db.session.commit()
    told, came = asked(f"GET {SLUG}")
    assert not came and "YES" in told and f"GET {SLUG} v1 1-20" in told
    wish = db.session.scalar(db.select(Wish))
    again, came = asked(f"GET {SLUG}", name="c2")
    assert not came and f"YES {wish.id}" in again and db.session.scalar(db.select(db.func.count(Wish.id))) == 1
    announcing = letters.letters_after(0)[-1]
    told, came = asked("Yes", name="c3", to=announcing.reply_to)
    assert len(came) > 2 and "letters" in told and all(len(each.text) < 20_000 for each in came)
    told, came = asked(f"YES {wish.id}", name="c4")
    assert not came and "waits" in told


def test_a_lost_part_comes_again_under_a_letter_of_its_own(app):
    table = letters.laid(text=LONG)
    people.change_preferences(table.ada, by=table.ada, door="page", limit_bytes=20_000)
    db.session.commit()
    _, _ = asked(f"GET {SLUG}")
    _, parts = asked("YES", name="c2")
    first, second = parts[:2]
    assert all(f"PART {number} OF {first.id})" in each.text for number, each in enumerate(parts, 1))
    _, (again,) = asked("part 2\n\nThanks,\nAda", name="c3", to=first.reply_to)
    assert again.text == second.text and again.message_id != second.message_id and again.reply_to != second.reply_to
    told, came = asked(f"PART 2 OF {first.id}\nPART 99 OF {first.id}\nPART 1 OF {table.letter.id + 999}", name="c4")
    assert len(came) == 1 and told.count("There is no part") == 2


def test_comments_of_a_paragraph_each_with_its_own_address(table):
    make.comment(table.round, table.ben, "12", "Say which parties.")
    make.comment(table.round, table.ben, "13", "Another remark.")
    db.session.commit()
    told, (letter,) = asked("COMMENTS 12")
    assert "Say which parties." in letter.text and "Another remark" not in letter.text
    arrival = letters.arrives(letters.mail(letter.reply_to, "I agree with Ben.", name="c2"), letter.reply_to)
    assert arrival.understood[0]["type"] == "answer"
    _, (every,) = asked("COMMENTS since 2020-01-01", name="c3")
    assert "Another remark." in every.text and every.text.count("Answer: reply+") == 2 and "I agree with Ben." in every.text


def test_search_finds_texts_and_comments_and_a_number_fetches_one(table):
    make.comment(table.round, table.ben, "12", "The mango clause is missing.")
    db.session.commit()
    told, came = asked("SEARCH mango")
    assert not came and f"GET R{table.round.id}/1" in told and "mango clause" in told
    _, (letter,) = asked("GET 1", name="c2")
    assert "The mango clause is missing." in letter.text


def test_a_withdrawn_comment_is_found_by_nobody(table):
    made = make.comment(table.round, table.ben, "12", "The mango clause is missing.")
    review.withdraw(made, by=table.ben, door="page")
    db.session.commit()
    told, _ = asked("SEARCH mango")
    assert "Nothing that you can read" in told


@pytest.mark.parametrize(
    ("line", "suggested"),
    [("STAUTS", "STATUS"), ("Hlep", "HELP"), ("serach mango", "SEARCH mango"), ("bucsar mango", "BUSCAR mango"), ("статсу", "СТАТУС")],
)
def test_a_misspelt_word_is_asked_back_and_never_done(table, line, suggested):
    told, came = asked(f"LIST\n{line}")
    assert f"Did you mean: {suggested}" in told and not came


@pytest.mark.parametrize(
    "signature",
    [
        "Sent from my iPhone",
        "-- \nAda Byron\nHelp Desk",
        "Best regards,\n\nAda Byron\nList Manager\nHelp Desk\nSearch Consultant\nStatus Officer",
        "Ada\nStop TB Partnership\nTel. +41 22 000 00 00",
        "Ada Byron\nDigest Editor | Format House\nClose Protection Unit",
        "Von meinem iPad gesendet",
        "Envoyé de mon iPhone\n\nAda Byron\nChef du service Part et Comments",
    ],
)
def test_a_signature_asks_for_nothing(table, signature):
    told, came = asked(f"STATUS\n\n{signature}")
    assert not came and "once a day" in told
    db.session.expire_all()
    assert db.session.get(type(table.ada), table.ada.id).rhythm == "daily"
    assert "HELP" not in told.split("Commands go")[0] and "Did you mean" not in told


def test_a_command_alone_in_a_reply_is_done_and_words_of_an_answer_are_not(table):
    told, _ = asked("STATUS\n\nAda", to=table.address)
    assert "Draft report" in told
    arrival = letters.answers(table, "Stop and search for better words.\nGet a lawyer.", name="c2")
    assert [each["type"] for each in arrival.understood] == ["comment"]
    arrival = letters.answers(table, "list", name="c3")
    assert [each["type"] for each in arrival.understood] == ["comment"]


def test_a_reviewer_from_outside_gets_no_comments_of_others_by_any_line(table):
    make.comment(table.round, table.ben, "3", "Kept among members.")
    ruth = make.person("Ruth", "ruth@uni.example")
    invited = review.invite_reviewer(table.round, ruth, by=table.officer, door="page")
    review.accept_terms(invited, by=ruth, door="page")
    make.comment(table.round, ruth, "4", "Said by Ruth.")
    db.session.commit()
    for number, line in enumerate(
        (f"COMMENTS R{table.round.id} since 2020-01-01", f"COMMENTS R{table.round.id}", "COMMENTS since 2020-01-01")
    ):
        told, came = asked(line, name=f"r{number}", sender="Ruth <ruth@uni.example>")
        assert "Kept among members" not in "\n".join([told, *(each.text for each in came)])
    _, (own,) = asked(f"COMMENTS R{table.round.id} since 2020-01-02", name="r9", sender="Ruth <ruth@uni.example>")
    assert "Said by Ruth." in own.text


def test_nobody_fills_a_mailbox_by_writing_its_owners_name_into_a_from_line(table):
    sent = 0
    for mail in range(8):
        told, came = asked("\n".join(f"GET {SLUG} {first}-14" for first in range(1, 15)), name=f"flood{mail}")
        sent += len(came)
    assert sent <= 60 and "no mail server confirms" in told
