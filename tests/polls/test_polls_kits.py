"""Guiding questions and polls in the offline kit: asked in its form, answered by its file, and told on its first page."""

from consult.extensions import db
from consult.offline import answers, codes, making
from consult.offline.answers import Head, Said
from consult.polls import actions as polls
from consult.polls.models import QuestionAnswer
from tests import make
from tests.inbox import letters
from tests.offline.test_offline_kit import opened
from tests.offline.test_offline_mail import attached


def test_questions_are_asked_in_the_form_and_answered_by_its_file(table):
    polls.ask(table.round, "Who should pay?\n\nFrom when on?", by=table.officer, door="page")
    table.poll()
    held = opened(making.kit(table.round, table.ada)[1])
    assert 'data-mark="Q2" data-question' in held["form.html"] and "> [Q1] Who should pay?" in held["form.txt"]
    assert "Who pays?" in held["start.html"] and "AGREE" in held["start.html"]
    head = Head(table.round.id, 1, codes.code_of(table.ada.id, table.round.id, 1), "en", "2026-11-27T10:00Z")
    file = answers.write(head, [Said(("Q1",), "GE", "The rich."), Said(("2",), "GE", "Fine.")]).encode()
    to = f"consult@{letters.DOMAIN}"
    for name in ("k1", "k2"):
        assert letters.arrives(attached(to, file, name=name), to).state == "taken"
    (given,) = db.session.scalars(db.select(QuestionAnswer))
    assert (given.text, given.person.name, given.door) == ("The rich.", "Ada", "mail")
    assert [(c.paragraph.mark, c.text) for c in letters.comments()] == [("2", "Fine.")]
    make.commit()
