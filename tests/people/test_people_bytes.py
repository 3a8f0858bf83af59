"""Everybody sees what letters cost them and says what their line bears; officers see it for their group."""

from datetime import timedelta

import pytest

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock
from consult.outbox.actions import post
from consult.outbox.ledger import Ledger
from consult.people import actions, rules, weighing
from consult.people.models import Person
from consult.people.travelling import encoded, instead, travels
from tests import make
from tests.pages import Pages


@pytest.fixture
def pages(app):
    return Pages(app)


def sent(person, octets: int, group=None, days: int = 0) -> None:
    """A letter that went over the wire."""
    made = post(kind="round", person=person, subject="x", text="y", group_id=group.id if group else None)
    made.state, made.sent_at, made.wire, made.times = "sent", clock.now() - timedelta(days=days), octets, 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"budget_bytes": 49_000}, "between 50 kB and 1 GB"),
        ({"budget_bytes": 2_000_000_000}, "between 50 kB and 1 GB"),
        ({"attachments": "all"}, "none, links, under"),
        ({"packing": "rar"}, "gz, zip, or nothing"),
        ({"digest_form": "html"}, "plain, rfc1153, mime"),
        ({"quiet_from": 22, "quiet_to": None}, "a beginning and an end"),
        ({"quiet_from": 22}, "a beginning and an end"),
        ({"quiet_from": 22, "quiet_to": 22}, "different hours"),
        ({"quiet_from": 24, "quiet_to": 6}, "between 0 and 23"),
    ],
)
def test_what_no_line_bears_is_refused_with_the_reason(given, reason):
    with pytest.raises(Refused, match=reason):
        rules.preferences(given)


def test_what_a_line_bears_is_kept_and_can_be_taken_back(app):
    ada = make.person()
    chosen = {"budget_bytes": 300_000, "attachments": "under", "packing": "gz", "digest_form": "mime", "quiet_from": 22, "quiet_to": 6}
    actions.change_preferences(ada, by=ada, door="page", **chosen)
    assert {name: getattr(ada, name) for name in chosen} == chosen
    back = {"budget_bytes": 0, "attachments": "links", "packing": "", "digest_form": "plain", "quiet_from": None, "quiet_to": None}
    actions.change_preferences(ada, by=ada, door="page", **back)
    assert {name: getattr(ada, name) for name in back} == back


def test_a_person_sees_their_bytes_and_says_what_their_line_bears(pages):
    ada = make.person("Ada", zone="Africa/Nairobi", budget_bytes=300_000)
    sent(ada, 34_000)
    pages.sign_in(ada)
    pages.get("/me/bytes")
    assert "This month: 34 kB to you in one letter, 0 B from you in 0 letters; budget 300 kB, 266 kB left." in pages.text
    assert len(pages.select("//tbody/tr")) == 6 and "Months are those of Africa/Nairobi." in pages.text
    form = {
        "budget_kb": "100",
        "limit_kb": "20",
        "attachments": "none",
        "packing": "zip",
        "digest_form": "rfc1153",
        "quiet_from": "22",
        "quiet_to": "6",
    }
    pages.post("/me/bytes", form)
    kept = db.session.get(Person, ada.id)
    assert (kept.budget_bytes, kept.limit_bytes, kept.attachments, kept.packing) == (100_000, 20_000, "none", "zip")
    assert (kept.digest_form, kept.quiet_from, kept.quiet_to) == ("rfc1153", 22, 6)
    pages.post("/me/bytes", form | {"quiet_to": ""}, expect=422, page="/me/bytes")
    assert "Quiet hours need a beginning and an end" in pages.text
    pages.post("/me/bytes", form | {"quiet_from": "", "quiet_to": "", "budget_kb": "0"}, page="/me/bytes")
    assert (kept.quiet_from, kept.quiet_to, kept.budget_bytes) == (None, None, 0)
    pages.get("/me")
    assert pages.select("//a[@href='/me/bytes']")


def test_officers_see_the_bytes_of_each_member_and_members_do_not(pages):
    group = make.group()
    ada, ben = make.member(group, make.person("Ada", budget_bytes=100_000, means="mail")), make.member(group, make.person("Ben"))
    sent(ada, 34_000, group)
    sent(ada, 61_000)
    pages.sign_in(make.officer(group))
    pages.get("/g/experts/bytes")
    rows = {row.xpath("string(td)"): " ".join(" ".join(row.itertext()).split()) for row in pages.select("//tbody/tr")}
    assert rows["Ada"] == "Ada 34 kB one letter 0 B 0 letters 95 kB 100 kB 5 kB left 40 kB"
    assert rows["Ben"].endswith("0 B none any")
    pages.sign_in(ben)
    pages.get("/g/experts/bytes", 403)


@pytest.mark.parametrize(
    ("chosen", "octets", "goes"),
    [
        ({"attachments": "none"}, 10, False),
        ({"attachments": "links"}, 10, False),
        ({"attachments": "under", "limit_bytes": 40_000}, 26_000, True),
        ({"attachments": "under", "limit_bytes": 40_000}, 28_000, False),
        ({"attachments": "under", "means": "mail"}, 28_000, False),
        ({"attachments": "under"}, 5_000_000, True),
        ({"attachments": "under"}, 50_000_000, False),
    ],
)
def test_no_file_is_pushed_above_what_a_person_chose(app, chosen, octets, goes):
    assert travels(make.person(**chosen), octets) is goes


@pytest.mark.parametrize("octets", [0, 1, 56, 57, 58, 10_000])
def test_how_large_a_file_gets_in_a_letter_is_never_underrated(octets):
    from consult.outbox.attaching import Attached, part

    assert 0 <= encoded(octets) - len(part(Attached("Rapport d’étape révisé.docx", "application/msword", bytes(octets)))) < 400


def test_what_does_not_travel_is_named_with_its_size_and_the_way_to_get_it(app):
    link, get = "http://consult.test/g/experts/f/3", "GET 12 docx"
    with app.test_request_context():
        by_page = instead(make.person("Ada"), "Report.docx", 340_000, link=link, get=get)
        by_mail = instead(make.person("Ben", means="mail"), "Report.docx", 340_000, link=link, get=get)
        assert by_page == f"Not attached: Report.docx, 340 kB. To get it: {link} or write GET 12 docx to consult@in.consult.test"
        assert by_mail == "Not attached: Report.docx, 340 kB. To get it: write GET 12 docx to consult@in.consult.test"
        assert weighing.left(make.person("Cleo", budget_bytes=50_000), Ledger(sent=60_000)) == 0
