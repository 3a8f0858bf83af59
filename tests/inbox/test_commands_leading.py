"""What chairs, contact points, drafters and travelling officers do by mail; what concerns a whole group is asked back first."""

from datetime import timedelta

import pytest

from consult.alerts import watching
from consult.extensions import db
from consult.kit import clock
from consult.polls.models import Poll
from consult.review import queries as review_queries
from tests import make
from tests.alerts import post
from tests.inbox import letters
from tests.inbox.test_commands_fetching import CONSULT, asked

CHAIR = "Carol <carol@env.example>"
OLGA = "Olga <olga.of.experts@env.example>"


@pytest.fixture
def table(app):
    letters.vouched()
    made = letters.laid()
    make.member(made.group, make.person("Carol"), "chair")
    make.comment(made.round, made.ada, "3", "Too vague.")
    db.session.commit()
    return made


def test_a_chair_extends_a_round_after_a_yes_and_a_member_cannot(table):
    until = (clock.now() + timedelta(days=60)).date().isoformat()
    line = f"EXTEND R{table.round.id} {until} many asked for more time"
    told, _ = asked(line)
    assert "Your role does not include this" in told
    told, _ = asked(line, name="c2", sender=CHAIR)
    before = table.round.closes_at
    assert "YES" in told
    announcing = letters.letters_after(0)[-1]
    asked("Yes", name="c3", sender=CHAIR, to=announcing.reply_to)
    db.session.refresh(table.round)
    assert table.round.closes_at > before and table.round.extension_reason == "many asked for more time"


def test_reminding_and_closing_ask_first_and_a_no_drops_it(table):
    told, _ = asked(f"REMIND R{table.round.id}\nCLOSE R{table.round.id}", sender=CHAIR)
    assert "would be reminded" in told and told.count("If you mean it") == 2
    asked("NO", name="c2", sender=CHAIR, to=letters.letters_after(0)[-1].reply_to)
    db.session.refresh(table.round)
    assert table.round.closed_at is None


def test_a_response_is_given_by_mail_with_its_words_below(table):
    told, _ = asked("RESPOND 1 accepted in part: Half of it.\nThe other half is said in 12.", sender=CHAIR)
    given = review_queries.get_comment(table.round.id, 1).response
    assert given.disposition == "accepted-in-part" and "The other half is said in 12." in given.text


def test_a_poll_is_opened_and_closed_by_mail(table):
    until = (clock.now() + timedelta(days=9)).date().isoformat()
    asked(f"POLL R{table.round.id} 3 straw {until}: Keep paragraph 3?", sender=CHAIR)
    asked("YES", name="c2", sender=CHAIR)
    found = db.session.scalar(db.select(Poll))
    assert found.title == "Keep paragraph 3?" and found.paragraph.mark == "3" and found.closed_at is None
    asked(f"POLL P{found.id} CLOSE", name="c3", sender=CHAIR)
    asked("YES", name="c4", sender=CHAIR)
    db.session.refresh(found)
    assert found.closed_at is not None


def test_an_invitation_is_accepted_or_declined_by_name(table):
    told, _ = asked(f"DECLINE R{table.round.id} I am on mission.")
    mine = next(each for each in table.round.invitations if each.person_id == table.ada.id)
    db.session.refresh(mine)
    assert (mine.state, mine.reason) == ("declined", "I am on mission.") and "You decline" in told
    asked("ACCEPT", name="c2")
    db.session.refresh(mine)
    assert mine.state == "accepted"


def test_what_is_followed_comes_at_once_and_what_is_muted_never(table):
    make.read_by_all()
    asked(f"UNFOLLOW R{table.round.id}\nFOLLOW R{table.round.id}/1")
    assert [each.follows for each in watching.watched(table.ada.id)] == [False, True]
    make.comment(table.round, table.ben, "4", "Muted with its round.")
    from consult.review import actions as review

    review.answer(letters.comments()[0], "Followed by itself.", by=table.ben, door="page")
    db.session.commit()
    post.work()
    news = [each for each in post.letters(table.ada) if each.kind in ("comment", "digest")]
    assert len(news) == 1 and "Followed by itself." in news[0].text and "Muted" not in news[0].text


def test_an_officer_on_the_road_settles_what_waits(table):
    stray = letters.arrives(letters.mail(CONSULT, "Paragraph 5 should go.", name="stray", subject="my view"), CONSULT)
    other = letters.arrives(letters.mail(CONSULT, "Out of my mind.", name="other", subject="hello"), CONSULT)
    assert stray.state == other.state == "held"
    told, _ = asked("DESK", name="c2", sender=OLGA)
    assert f"RELEASE {stray.id}" in told and "Paragraph 5 should go." in told
    asked(f"RELEASE {stray.id} TO R{table.round.id} 5\nASIDE {other.id} no remark in it", name="c3", sender=OLGA)
    last = letters.comments()[-1]
    assert (last.author_id, last.paragraph.mark, last.text) == (table.ada.id, "5", "Paragraph 5 should go.")
    db.session.refresh(other)
    assert other.state == "settled"
    told, _ = asked(f"DESK\nASIDE {stray.id} why", name="c4")
    assert "You work at no desk." in told and "No letter of that number" in told


def test_the_page_follows_and_mutes_the_same_things(table, client):
    client.sign_in(table.ada)
    page = client.post("/me/watching", data={"what": f"R{table.round.id}", "way": "mute"})
    assert page.status_code in (200, 303) and [each.follows for each in watching.watched(table.ada.id)] == [False]
    client.post("/me/watching", data={"what": f"R{table.round.id}", "way": "usual"})
    assert watching.watched(table.ada.id) == []
