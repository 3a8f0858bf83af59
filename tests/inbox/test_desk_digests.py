"""Answers to a digest: whatever form it has and whatever program answers it, each remark goes to the comment or paragraph it means."""

from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.delegations import actions as delegations
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from consult.people.models import Organization
from consult.review import actions as review
from consult.review import queries
from consult.review.models import Answer, Comment
from tests import make
from tests.inbox import clients, letters

SAID = {
    "1": "Who pays for the fund, and since when?", "2": "Small islands should be named here.", "4": "This repeats paragraph nine.",
    "7": "Add a reference to the decision on capacity.", "": "A good draft on the whole.",
}  # fmt: skip


def a_digest(form: str = "plain", **more) -> tuple[letters.Table, Letter]:
    """The table, and the digest of Ben's comments that Ada got."""
    table = letters.laid()
    with transaction():
        db.session.execute(db.delete(Untold))
        table.ada.rhythm, table.ada.digest_form = "daily", form
        for name, value in more.items():
            setattr(table.ada, name, value)
        for mark, text in SAID.items():
            make.comment(table.round, table.ben, mark, text, door="mail")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=2))
    return table, db.session.scalars(db.select(Letter).where(Letter.kind == "digest", Letter.person_id == table.ada.id)).one()


def answer(letter: Letter, body: str, **more):
    """Ada answers the whole letter."""
    return letters.arrives(letters.mail(letter.reply_to, body, **more), letter.reply_to)


def threads() -> dict[str, str]:
    """What stands as an answer below each of Ben's comments, by the paragraph it is on."""
    found = db.session.execute(db.select(Answer.text, Comment.text).join(Comment, Comment.id == Answer.comment_id)).all()
    by_text = {text: mark for mark, text in SAID.items()}
    return {by_text[comment]: text for text, comment in found}


def number_of(mark: str) -> int:
    """The number of Ben's comment on that paragraph."""
    return db.session.scalar(db.select(Comment.number).where(Comment.text == SAID[mark]))


def line_with(letter: Letter, words: str) -> int:
    """The line of the letter that ends with these words."""
    return next(at for at, line in enumerate(letter.text.split("\n")) if line.endswith(words))


@pytest.mark.parametrize("form", ["plain", "rfc1153"])
@pytest.mark.parametrize("program", (*clients.TEXT, *clients.HTML), ids=lambda program: program.__name__)
def test_words_typed_below_an_entry_answer_it(app, program, form):
    table, letter = a_digest(form)
    inserts = [(line_with(letter, SAID[mark]), f"We agree on {mark}, and thank you.") for mark in ("2", "7")]
    body = program(letter.text, inserts, "")
    raw = letters.mail(letter.reply_to, body)
    if program in clients.HTML:
        raw = raw.replace(b"text/plain", b"text/html")
    arrival = letters.arrives(raw, letter.reply_to)
    assert arrival.state == "taken", arrival.reason
    assert threads() == {"2": "We agree on 2, and thank you.", "7": "We agree on 7, and thank you."} and len(letters.comments()) == len(
        SAID
    )


@pytest.mark.parametrize("program", clients.TEXT, ids=lambda program: program.__name__)
def test_an_entry_of_a_multipart_digest_is_answered_by_itself(app, program):
    table, letter = a_digest("mime")
    piece = next(piece for piece in letter.pieces if piece["number"] == str(number_of("4")))
    shown = "\n".join(letter.text.split("\n")[slice(*piece["lines"])])
    arrival = letters.arrives(letters.mail(piece["reply"], program(shown, [], "It does not.")), piece["reply"])
    assert arrival.state == "taken" and threads() == {"4": "It does not."}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#{7}: We agree.", {"7": "We agree."}),
        ("{7}: We agree.", {"7": "We agree."}),
        ("Comment {7} - We agree.", {"7": "We agree."}),
        ("Comment {7} is right.", {"7": "Comment {7} is right."}),
        ("Commentaire n° {2} : D'accord.\n\nObservation {7}: Non.", {"2": "D'accord.", "7": "Non."}),
        ("Замечание {2}: Согласны.", {"2": "Согласны."}),
        ("评论{2}：同意。", {"2": "同意。"}),
        ("التعليق {2}: نوافق.", {"2": "نوافق."}),
        ("Dear all,\n\n#{1} Nobody.\n#{2}: Yes.\n\nAda", {"1": "Nobody.", "2": "Yes."}),
        ("> #{1} Ben:\n> Who pays\n\nNobody.\n\n> #{2} Ben:\n\nYes.", {"1": "Nobody.", "2": "Yes."}),
    ],
)
def test_a_remark_that_begins_with_a_number_goes_to_that_comment(app, written, expected):
    table, letter = a_digest()
    for mark in SAID:
        written = written.replace("{" + mark + "}", str(number_of(mark)))
        expected = {key: value.replace("{" + mark + "}", str(number_of(mark))) for key, value in expected.items()}
    arrival = answer(letter, written)
    assert arrival.state == "taken", arrival.reason
    assert threads() == expected and len(letters.comments()) == len(SAID)


def test_a_mark_is_a_comment_on_the_paragraph_of_the_one_open_round(app):
    table, letter = a_digest()
    answer(letter, f"[12] ED: Say technology.\n\n#{number_of('7')}: We agree.\n\n[3] PROPOSED: Paragraph 3 is gone.")
    mine = [(comment.paragraph.mark, comment.type, comment.text, comment.proposed) for comment in letters.comments()[len(SAID) :]]
    assert mine == [("12", "editorial", "Say technology.", ""), ("3", "general", "", "Paragraph 3 is gone.")]
    assert threads() == {"7": "We agree."}


def test_what_cannot_be_placed_comes_back_with_the_numbers_to_use(app):
    table, letter = a_digest()
    arrival = answer(letter, "I agree with all of it.")
    assert arrival.state == "refused" and not threads()
    refusal = letters.letters_after(letter.id)[-1].text
    assert "I agree with all of it." in refusal and all(f" {number}" in refusal for number in range(1, 6)) and "#5: I agree" in refusal


def test_what_can_be_placed_is_and_the_receipt_tells_the_rest_and_takes_all_back(app):
    table, letter = a_digest()
    answer(letter, f"A word to all of you before I begin.\n\n#{number_of('1')}: Nobody.\n\n#99: No such thing.\n\n[77] Nor this.")
    receipt = letters.letters_after(letter.id)[-1]
    assert threads() == {"1": "Nobody."} and "A word to all of you" in receipt.text
    assert "There is no comment 99 in this digest." in receipt.text and "No such thing." in receipt.text
    assert "has no paragraph [77]" in receipt.text and "Nor this." in receipt.text
    undone = letters.arrives(letters.mail(receipt.reply_to, "UNDO", name="m2"), receipt.reply_to)
    assert undone.state == "taken" and "Your answer to comment" in letters.letters_after(receipt.id)[-1].text
    assert db.session.scalars(db.select(Answer)).one().withdrawn_at is not None


def test_a_digest_of_one_comment_is_answered_like_a_letter_about_it(app):
    table, letter = a_digest()
    with transaction():
        make.comment(table.round, table.ben, "9", "One more.", door="mail")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=4))
    last = letters.letters_after(letter.id)[-1]
    answer(last, clients.gmail(last.text, [], "That is one too many."))
    assert db.session.scalars(db.select(Answer.text)).one() == "That is one too many."


def test_a_number_of_another_part_of_the_digest_is_known(app):
    table = letters.laid()
    with transaction():
        db.session.execute(db.delete(Untold))
        table.ada.rhythm, table.ada.limit_bytes = "daily", 6_000
        for number in range(1, 15):
            make.comment(table.round, table.ben, str(number), f"About {number}. " + "And a reason. " * 60, door="mail")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=2))
    parts = list(db.session.scalars(db.select(Letter).where(Letter.kind == "digest", Letter.person_id == table.ada.id).order_by(Letter.id)))
    assert len(parts) > 1 and all(len(write(outgoing(part))) <= 6_000 for part in parts)
    answer(parts[0], "#14: Yes.")
    assert db.session.scalars(db.select(Answer)).one().comment.number == 14


def test_two_rounds_with_a_comment_of_the_same_number_are_told_apart(app):
    table = letters.laid()
    with transaction():
        second = make.round(make.published(make.draft(table.group, "Another draft")))
        db.session.execute(db.delete(Untold))
        table.ada.rhythm = "daily"
        make.comment(table.round, table.ben, "1", "In the first.")
        make.comment(second, table.ben, "1", "In the second.")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=2))
    letter = letters.letters_after(0)[-1]
    arrival = answer(letter, f"#{second.id}/1: Here.\n\n[2] And where is this?")
    assert arrival.state == "taken", arrival.reason
    assert db.session.scalars(db.select(Answer)).one().comment.text == "In the second." and len(letters.comments()) == 2
    assert "no round, or more than one, is open" in letters.letters_after(letter.id)[-1].text


def speaks_for_kenya(who) -> Organization:
    """That person comes from a Party."""
    home = Organization(name="Kenya", kind="party")
    db.session.add(home)
    db.session.flush()
    who.organization_id = home.id
    return home


def test_whoever_drafts_for_a_party_does_not_publish_by_mistake(app):
    table, letter = a_digest()
    with transaction():
        delegations.name_contact(table.round, speaks_for_kenya(table.ada), table.ada, by=table.officer, door="page")
    answer(letter, "[12] This was meant for the set.")
    assert len(letters.comments()) == len(SAID) and "You draft for a Party" in letters.letters_after(letter.id)[-1].text


def test_the_one_word_that_joins_a_comment_works_below_its_number(app):
    table, letter = a_digest()
    with transaction():
        speaks_for_kenya(table.ada)
    answer(letter, f"#{number_of('7')}: JOIN")
    (joined,) = [row for row in review_rows() if row.text == SAID["7"]]
    assert "Kenya" in joined.on_behalf_of and f"You join comment {joined.number}." in letters.letters_after(letter.id)[-1].text


def review_rows():
    """Every comment as lists read it."""
    return queries.comments_by_ids([comment.id for comment in letters.comments()])


def test_nothing_new_is_not_told_twice_in_any_form(app):
    table, letter = a_digest("mime")
    with transaction():
        later = clock.now() + timedelta(days=3)
        review.respond(letters.comments()[0], "noted", "Seen.", turn=0, by=table.officer, door="page", at=later)
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=6))
    later = next(each for each in letters.letters_after(letter.id) if each.person_id == table.ada.id)
    piece = later.pieces[0]
    assert "Seen." in later.text and piece["follows"] == next(p["name"] for p in letter.pieces if p["comment"] == piece["comment"])
    assert later.text.count(SAID["2"]) == 0
