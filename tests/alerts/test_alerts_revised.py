"""Whoever was sent an earlier version by mail gets what changed, under the marks of now, and how to get the whole."""

from consult.alerts.revised import ranges
from consult.extensions import db, transaction
from consult.review import actions as review
from consult.review.models import Comment
from tests import make
from tests.alerts.post import a_round, letters, work
from tests.inbox import clients
from tests.inbox.letters import arrives, mail

FIRST = "\n\n".join(
    f"{number}. Paragraph {number} says what the Parties share in case {number} and why it is so." for number in range(1, 31)
)
SECOND = FIRST.replace("case 7 and", "case 7, and also seven,").replace(
    "\n\n9. Paragraph 9 says what the Parties share in case 9 and why it is so.", ""
)


def second_round(**more):
    """Ada was sent the first version; a round opens on the second."""
    with transaction():
        group, ada, asked = a_round(FIRST, **more)
    work()
    with transaction():
        again = make.round(make.published(asked.version.draft, SECOND), title="Second round")
        review.close(asked, by=make.officer(group), door="page")
    work()
    return ada, again, next(letter for letter in letters(ada, "opening") if "Second round" in letter.subject)


def test_the_second_round_brings_changes_instead_of_the_whole_text(app, travel):
    ada, again, letter = second_round(means="mail")
    assert "[7] (changed) Paragraph 7 says what the Parties share in case 7{+,+} and {+also seven, +}why" in " ".join(letter.text.split())
    assert "Paragraph 8 says" not in letter.text and f"GET R{again.id}" in letter.text and "How to answer" in letter.text
    assert "9. Paragraph 9 says" in letter.text and "[9] Paragraph 9" not in letter.text


def test_a_remark_below_a_changed_paragraph_goes_to_the_paragraph_of_now(app, travel):
    ada, again, letter = second_round(means="mail")
    line = next(at for at, words in enumerate(letter.text.split("\n")) if words.startswith("[7] ")) + 1
    arrives(mail(letter.reply_to, clients.gmail(letter.text, [(line, "Why seven?")], "")), letter.reply_to)
    (comment,) = db.session.scalars(db.select(Comment).where(Comment.round_id == again.id))
    assert comment.text == "Why seven?" and "also seven" in comment.paragraph.text


def test_whoever_has_a_browser_or_nothing_yet_gets_the_whole(app, travel):
    _, _, letter = second_round()
    assert "[8] Paragraph 8 says" in letter.text and "[7] Paragraph 7 says" in letter.text


def test_marks_that_follow_each_other_are_told_as_a_range():
    order = [*map(str, range(1, 12)), "11 (a)", "12"]
    assert ranges(["1", "2", "3", "5", "6", "8", "11", "11 (a)", "12"], order) == "1-3, 5, 6, 8, 11-12"
