"""What a name, an address, a preference, a password and a role have to be, and who may do what."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Refused
from consult.people import passwords, redaction, rules

TABLE = {
    "group.read": "officer chair co-chair member observer alternate staff",
    "draft.read": "officer chair co-chair member observer alternate staff",
    "round.read": "officer chair co-chair member observer alternate staff guest",
    "reviewer.invite": "officer staff",
    "delegation.manage": "officer staff",
    "comment.make": "officer chair co-chair member observer alternate staff",
    "meeting.read": "officer chair co-chair member observer alternate staff",
    "meeting.answer": "officer chair co-chair member observer alternate staff",
    "meeting.manage": "officer staff",
    "poll.vote": "chair co-chair member observer alternate staff",
    "poll.manage": "officer chair co-chair staff",
    "questions.manage": "officer staff",
    "round.manage": "officer chair co-chair staff",
    "response.give": "officer chair co-chair staff",
    "response.propose": "officer chair co-chair member staff",
    "draft.write": "officer staff",
    "readers.see": "officer staff",
    "version.publish": "officer staff",
    "draft.issue": "officer staff",
    "compilation.publish": "officer staff",
    "ties.correct": "officer staff",
    "round.open": "officer staff",
    "comment.manage": "officer staff",
    "letters.read": "officer staff",
    "tasks.settle": "officer staff",
    "reach.manage": "officer staff",
    "desk.work": "officer staff",
    "members.manage": "officer staff",
    "people.manage": "staff",
    "group.manage": "staff",
}


def test_the_table_is_the_one_people_were_told():
    assert {name: permission.roles for name, permission in rules.PERMISSIONS.items()} == {
        name: frozenset(roles.split()) for name, roles in TABLE.items()
    }


def test_each_permission_has_a_sentence_of_its_own():
    sentences = [permission.sentence for permission in rules.PERMISSIONS.values()]
    assert all(sentences) and len(set(sentences)) == len(sentences)


def test_whoever_has_no_role_may_do_nothing_and_reads_why():
    with pytest.raises(Refused, match="Publish a version of a draft"):
        rules.require(frozenset(), "version.publish")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\r\nBcc: all@env.example", "Ada Bcc: all@env.example"),
        ("  Ada \t Obi ", "Ada Obi"),
        ("Ada\u202eibO", "AdaibO"),
        ("王小明", "王小明"),
    ],
)
def test_a_name_is_one_clean_line(typed, kept):
    assert rules.name(typed) == kept


@pytest.mark.parametrize("typed", ["", " \r\n", "\u202e", "x" * 201])
def test_no_name_and_an_endless_name_are_refused(typed):
    with pytest.raises(Refused):
        rules.name(typed)


@given(st.text(max_size=300))
def test_no_name_that_is_kept_can_start_a_header(typed):
    try:
        kept = rules.name(typed)
    except Refused:
        return
    assert not set(kept) & set("\r\n\0\u2028\u2029\u202e") and kept == kept.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "@env.example",
        "ada@",
        "ada@env",
        "a b@env.example",
        "ada@env.example\r\nBcc: x@y.example",
        "<ada@env.example>",
        "ada@env.example,ben@env.example",
        "ada..o@env.example",
        ".ada@env.example",
        "ada@-env.example",
        "ada@env..example",
        "a" * 65 + "@env.example",
        "ada@" + "e" * 300 + ".example",
        "äda@env.example",
        "ada@env.example>",
        '"ada"@env.example',
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refused, match="e-mail address"):
        rules.address(typed)


def test_addresses_are_kept_as_written_and_found_in_any_case():
    assert rules.address(" Ada.Obi+un@Env.Example ") == "Ada.Obi+un@Env.Example"
    assert rules.folded("Ada.Obi@Env.Example") == rules.folded(" ada.obi@env.example")
    assert rules.address("ada@büro.example") == "ada@xn--bro-hoa.example"


@given(st.text(max_size=100))
def test_an_address_that_is_kept_has_no_room_for_a_second_one(typed):
    try:
        kept = rules.address(typed)
    except Refused:
        return
    assert kept.isascii() and kept.count("@") == 1 and not set(kept) & set(' \t\r\n<>,;"()[]:\\')


@pytest.mark.parametrize(
    "chosen",
    [
        {"language": "de"},
        {"zone": "Mars/Base"},
        {"zone": "../etc/passwd"},
        {"rhythm": "hourly"},
        {"digest_day": 7},
        {"digest_hour": 24},
        {"form": "pdf"},
        {"limit_bytes": 100},
        {"limit_bytes": -1},
        {"means": "fax"},
        {"name": ""},
    ],
)
def test_a_preference_that_cannot_be_is_refused(chosen):
    with pytest.raises(Refused):
        rules.preferences(chosen)


def test_good_preferences_are_taken():
    chosen = {
        "language": "ar",
        "zone": "Africa/Cairo",
        "rhythm": "weekly",
        "digest_day": 6,
        "digest_hour": 23,
        "form": "html",
        "limit_bytes": 0,
    }
    assert rules.preferences(chosen) == chosen


@pytest.mark.parametrize("typed", ["short", "a" * 12, "abababababab", "Ada.Obi@env.example", "x" * 201])
def test_a_password_that_is_guessed_at_once_is_refused(typed):
    with pytest.raises(Refused):
        rules.password(typed, "Ada Obi", "ada.obi@env.example")


def test_a_password_is_the_same_however_its_accents_were_typed():
    kept = passwords.hashed(rules.password("cafe\u0301 au lait chaud"))
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(kept, "café au lait chaud") and passwords.matches(kept, "cafe\u0301 au lait chaud")
    assert not passwords.matches(kept, "cafe au lait chaud") and not passwords.matches(None, "nobody has this password")


def test_a_seat_holds_from_its_first_day_until_the_day_it_ends():
    start, end = date(2026, 1, 10), date(2026, 2, 1)
    held = [day for day in (date(2026, 1, 9), start, date(2026, 1, 31), end) if rules.is_current(start, end, day)]
    assert held == [start, date(2026, 1, 31)]


def test_members_stand_in_the_usual_order():
    def seat(name, role, organization="", kind=""):
        body = SimpleNamespace(name=organization, kind=kind) if organization else None
        return SimpleNamespace(role=role, person=SimpleNamespace(name=name, organization=body))

    seats = [
        seat("Obs", "observer", "Network", "observer"),
        seat("Zoe", "member", "Zambia", "party"),
        seat("Ann", "member", "Academy", "observer"),
        seat("Ali", "member", "Algeria", "party"),
        seat("Off", "officer"),
        seat("Cha", "chair"),
        seat("Alt", "alternate", "Algeria", "party"),
    ]
    assert [each.person.name for each in rules.in_order(seats)] == ["Off", "Cha", "Ali", "Zoe", "Ann", "Alt", "Obs"]


@pytest.mark.parametrize("line", ['"GET /l/sign-in/0123abc HTTP/1.1"', "https://c.example/l/stop/0123abc?x=1", "/l/password/0123abc#x"])
def test_secrets_of_links_are_not_written_down(line):
    assert "0123abc" not in redaction.redacted(line) and "/l/" in redaction.redacted(line)
