"""What stands in every letter again stands in it once, and is short: the footer, and the words under which a draft goes about."""

from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.people.rules import LANGUAGES
from consult.review import actions as review
from tests import make
from tests.alerts.post import TEXT, a_round, letters, work

LABEL = "For comments only, not for citation."


def much_happens(language: str, **more) -> None:
    """Letters of many kinds to somebody who reads that language, at once and in a digest."""
    with transaction():
        group, ada, asked = a_round(language=language, means="mail", rhythm="at-once", **more)
        people.add_member(
            group,
            make.person("Cem", rhythm="daily", language=language, means="mail", **more),
            "member",
            by=make.officer(group),
            door="page",
        )
        asked.version.draft.label = LABEL
    work()
    with transaction():
        by = make.officer(group)
        said = make.comment(asked, by, "2", "Say who pays.", proposed="The second paragraph, paid:")
        review.answer(said, "The fund.", by=by, door="page")
        review.remind(asked, [ada], by=by, door="page")
        review.extend(asked, asked.closes_at + timedelta(days=1), "More time is needed.", by=by, door="page")
    with transaction():
        make.published(asked.version.draft, TEXT.replace("third", "third and last"))
    work()
    with transaction():
        review.close(asked, by=make.officer(group), door="page")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_footer_stands_once_in_every_kind_of_letter_with_at_most_300_octets(app, travel, language):
    much_happens(language)
    kinds = {letter.kind for letter in letters()}
    assert kinds >= {"opening", "welcome", "comment", "reminder", "extension", "closing", "version", "digest"}
    for letter in letters():
        assert letter.text.count("\n-- \n") == 1, letter.kind
        assert len(letter.text.partition("\n-- \n")[2].encode()) <= 300, (letter.kind, letter.text[-400:])


@pytest.mark.parametrize("form", ["plain", "rfc1153", "mime"])
def test_the_words_under_which_a_draft_goes_about_stand_once_in_a_letter(app, travel, form):
    much_happens("en", digest_form=form)
    for letter in letters():
        assert letter.text.count(LABEL) <= 1 and letter.text.count("Letters, how often, how large") == 1, letter.kind
    digest = db.session.scalars(db.select(Letter).where(Letter.kind == "digest")).first()
    assert LABEL in digest.text


def test_however_long_the_names_are_the_footer_is_short(app, travel):
    app.config["URL"] = "https://" + "very-long-name." * 12 + "example"
    with transaction():
        a_round()
    work()
    assert all(len(letter.text.partition("\n-- \n")[2].encode()) <= 300 for letter in letters())
