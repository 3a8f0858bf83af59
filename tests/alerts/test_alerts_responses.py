"""Many responses at once do not become many letters."""

from datetime import timedelta

from consult.alerts import audience
from consult.extensions import transaction
from consult.review import actions, responding
from consult.review.actions import Responding
from tests import make
from tests.alerts.post import letters, work


def test_whoever_hears_at_once_gets_one_letter_about_many_responses(app, travel, monkeypatch):
    monkeypatch.setattr(responding, "FEW", 2)
    with transaction():
        group = make.group()
        olga, ada = make.member(group, make.person("Olga"), "officer"), make.member(group, make.person("Ada", rhythm="at-once"))
        asked = make.round(make.published(make.draft(group, by=olga), by=olga), by=olga)
        said = [make.comment(asked, ada, "1", f"Remark {number}.") for number in range(1, 5)]
        make.read_by_all()
        actions.respond_many(asked, [Responding(each, "noted", f"Noted {each.number}.") for each in said], by=olga, door="page")
    assert work() == 0
    travel.shift(timedelta(minutes=6))
    assert work() == 1
    (letter,) = letters(ada)
    assert letter.subject.endswith("Responses to 4 comments") and all(f"Noted {number}." in letter.text for number in range(1, 5))


def test_of_very_many_responses_the_group_hears_how_many_and_the_authors_their_own(app, travel, monkeypatch):
    monkeypatch.setattr(responding, "FEW", 1)
    monkeypatch.setattr(responding, "MOST_IN_FULL", 2)
    monkeypatch.setattr(audience, "MOST_IN_FULL", 2)
    with transaction():
        group = make.group()
        olga = make.member(group, make.person("Olga"), "officer")
        ada, ben = (make.member(group, make.person(name, rhythm="at-once")) for name in ("Ada", "Ben"))
        asked = make.round(make.published(make.draft(group, by=olga), by=olga), by=olga)
        said = [make.comment(asked, ada, "1", f"Remark {number}.") for number in range(1, 4)]
        make.read_by_all()
        actions.respond_many(asked, [Responding(each, "noted", f"Noted {each.number}.") for each in said], by=olga, door="page")
    work()
    travel.shift(timedelta(minutes=6))
    work()
    (to_ada,), (to_ben,) = letters(ada), letters(ben)
    assert "Noted 3." in to_ada.text and "responded to 3 comments" in to_ada.text
    assert "Noted 3." not in to_ben.text and "responded to 3 comments" in to_ben.text
