"""The verbs about people and groups: who may use them, what they leave behind, what the journal tells."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.journal.models import Event
from consult.people import actions, addresses, failing, links, queries, rules, sessions
from consult.people.models import Address, Membership, Organization, Person
from tests import make

HEAD = "name,email,role,organization,language,zone,means\n"


@pytest.fixture
def staff(app):
    return make.person("Staff", staff=True)


@pytest.fixture
def group(app):
    return make.group("experts")


@pytest.fixture
def officer(group):
    return make.member(group, make.person("Olga"), "officer")


def kinds(group_id=None) -> list[str]:
    return list(db.session.scalars(select(Event.kind).where(Event.group_id == group_id).order_by(Event.id)))


@pytest.mark.parametrize("role", [*rules.ROLES, "staff", "nobody", "ended", "in another group"])
def test_every_permission_holds_for_its_roles_and_for_nobody_else(group, role):
    person = make.person("Ada", staff=role == "staff")
    if role in rules.ROLES:
        make.member(group, person, role)
    if role == "ended":
        make.member(group, person, "officer")
        person.ended_at = datetime.now(UTC)
    if role == "in another group":
        make.member(make.group("others"), person, "officer")
    for name, permission in rules.PERMISSIONS.items():
        assert queries.may(person, name, group.id) == (role in permission.roles), f"{role}: {name}"
    if role in ("nobody", "ended", "in another group"):
        with pytest.raises(NotFound):
            queries.require(person, "group.read", group.id)
        with pytest.raises(NotFound):
            queries.require(person, "draft.write", group.id)


def test_an_officer_of_one_group_is_nothing_where_no_group_is_named(officer):
    assert not any(queries.may(officer, name) for name in rules.PERMISSIONS)
    assert queries.may_somewhere(officer, "desk.work") and not queries.may_somewhere(officer, "people.manage")


def test_a_seat_that_begins_tomorrow_or_ended_today_opens_nothing(group, staff):
    ada, today = make.person("Ada"), datetime.now(UTC).date()
    seat = actions.add_member(group, ada, "member", by=staff, door="page", starts_on=today + timedelta(days=1))
    assert not queries.may(ada, "group.read", group.id) and queries.members(group.id) == []
    assert [each.person for each in queries.members(group.id, today + timedelta(days=1))] == [ada]
    seat.starts_on = today
    assert queries.may(ada, "group.read", group.id) and queries.groups_of(ada) == [group]
    actions.end_membership(seat, by=staff, door="page")
    assert not queries.may(ada, "group.read", group.id) and queries.groups_of(ada) == []


def test_a_name_with_a_header_in_it_is_only_a_strange_name(staff):
    ada = actions.add_person("Ada\r\nBcc: all@env.example", "ada@env.example", by=staff, door="page")
    assert ada.name == "Ada Bcc: all@env.example"


def test_an_address_belongs_to_one_person_in_whatever_case(staff):
    ada = actions.add_person("Ada", "Ada@Env.example", by=staff, door="page")
    assert queries.find_by_address(" ada@ENV.EXAMPLE ") is ada
    with pytest.raises(Refused, match="belongs to somebody"):
        actions.add_person("Ben", "ADA@env.example", by=staff, door="page")
    with pytest.raises(Refused, match="belongs to somebody"):
        actions.add_address(staff, "ada@env.example", by=staff, door="page")


def test_whoever_takes_part_by_mail_gets_letters_of_forty_kilobytes(staff):
    assert actions.add_person("Ada", "ada@env.example", by=staff, door="page", means="mail").limit_bytes == 40_000
    assert actions.add_person("Ben", "ben@env.example", by=staff, door="page").limit_bytes == 0


def test_who_may_add_people(staff, group, officer):
    member = make.member(group, make.person("Mia"), "member")
    assert actions.add_person("A", "a@env.example", by=officer, door="page").staff is False
    assert actions.add_first_staff("B", "b@env.example").staff is True
    for by, door, more in ((member, "page", {}), (officer, "page", {"staff": True}), (None, "page", {}), (None, "mail", {})):
        with pytest.raises(Refused):
            actions.add_person("C", "c@env.example", by=by, door=door, **more)


def test_only_staff_form_groups_and_only_officers_change_the_members(staff, group, officer):
    member = make.member(group, make.person("Mia"), "member")
    for by in (officer, member, None):
        with pytest.raises(Refused):
            actions.form_group("new", "New", by=by, door="page")
    with pytest.raises(Refused):
        actions.add_member(group, make.person("Ben"), "member", by=member, door="page")
    with pytest.raises(NotFound):
        actions.add_member(group, make.person("Cleo"), "member", by=make.person("Dan"), door="page")
    formed = actions.form_group("Über Gruppe", "Group", by=staff, door="page", mandate="VII/29\r\n7", terms="a\r\nb")
    assert (formed.slug, formed.mandate, formed.terms) == ("uber-gruppe", "VII/29 7", "a\nb")
    with pytest.raises(Refused, match="already"):
        actions.form_group("uber-gruppe", "Again", by=staff, door="page")


def test_the_journal_tells_who_came_and_went_and_names_them_by_number(group, officer):
    ada = make.person("Ada")
    seat = actions.add_member(group, ada, "chair", by=officer, door="page")
    with pytest.raises(Refused, match="already"):
        actions.add_member(group, ada, "member", by=officer, door="page")
    actions.end_membership(seat, by=officer, door="page")
    with pytest.raises(Refused, match="ended already"):
        actions.end_membership(seat, by=officer, door="page")
    began, ended = db.session.scalars(select(Event).where(Event.group_id == group.id).order_by(Event.id))
    assert (began.kind, ended.kind) == ("membership.began", "membership.ended")
    assert began.data == {"name": "Ada", "role": "chair", "person_id": ada.id} and began.actor_id == officer.id
    actions.add_member(group, ada, "member", by=officer, door="page")


def test_preferences_are_changed_by_oneself_or_by_staff(staff, officer):
    ada = make.person("Ada")
    actions.change_preferences(ada, by=ada, door="mail", rhythm="weekly", digest_day=4, zone="America/Lima", limit_bytes=20_000)
    assert (ada.rhythm, ada.digest_day, ada.zone, ada.limit_bytes) == ("weekly", 4, "America/Lima", 20_000)
    actions.change_preferences(ada, by=staff, door="page", language="es")
    with pytest.raises(Refused):
        actions.change_preferences(ada, by=officer, door="page", language="fr")
    with pytest.raises(Refused):
        actions.change_preferences(ada, by=ada, door="page", rhythm="sometimes")
    with pytest.raises(KeyError):
        actions.change_preferences(ada, by=ada, door="page", staff=True)


def test_the_first_address_gets_the_letters_and_the_last_one_stays(app):
    ada = make.person("Ada")
    second = actions.add_address(ada, "ada@second.example", by=ada, door="page")
    assert ada.address == "ada@env.example"
    addresses.put_address_first(ada, second, by=ada, door="page")
    assert ada.address == "ada@second.example"
    addresses.remove_address(ada, second, by=ada, door="page")
    assert ada.address == "ada@env.example" and queries.find_by_address("ada@second.example") is None
    with pytest.raises(Refused, match="last address"):
        addresses.remove_address(ada, ada.addresses[0], by=ada, door="page")


def test_a_new_password_ends_sessions_and_links(app):
    ada = make.person("Ada")
    secret, token = sessions.begin(ada), links.make_link(ada, "sign-in")
    actions.set_password(ada, "a long enough one")
    assert sessions.person_of(secret) is None
    with pytest.raises(Refused):
        links.read_link(token, "sign-in")


def fail(person: Person, address: str, at: datetime, permanent: bool = True) -> Address:
    failing.address_failed(person.id, address, permanent, "550 5.1.1 no such user\r\nX: y", at)
    return queries.find_address(person.addresses[0].address)


def test_the_third_hard_failure_in_a_week_marks_the_address_and_tells_the_group_once(group):
    ada, start = make.member(group, make.person("Ada")), datetime(2026, 11, 1, tzinfo=UTC)
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
        days = [0, 1, 9]
        assert all(fail(ada, "ada@env.example", start + timedelta(days=day)).failing_since is None for day in days)
        marked = fail(ada, "ADA@env.example", start + timedelta(days=10))
        assert marked.failing_since == start + timedelta(days=10) and marked.failures == 4
        fail(ada, "ada@env.example", start + timedelta(days=12))
        assert kinds(group.id) == ["address.failing"]
        failing.address_answers(marked)
        assert marked.failing_since is None and marked.score == 0


def test_soft_failures_and_other_peoples_addresses_mark_nobody(group):
    ada, ben = make.member(group, make.person("Ada")), make.person("Ben")
    for day in range(1, 6):
        at = datetime(2026, 11, day, tzinfo=UTC)
        assert fail(ada, "ada@env.example", at, permanent=False).failing_since is None
        failing.address_failed(ben.id, "ada@env.example", True, "550", at)
    assert queries.find_address("ada@env.example").failures == 5 and kinds(group.id) == []


def counts() -> tuple[int, ...]:
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Person, Address, Membership, Organization, Event))


def test_a_list_makes_people_and_seats_once_however_often_it_is_taken(group, officer):
    ada = make.person("Ada", organization=None)
    raw = (HEAD + "Somebody else,ADA@env.example,chair\nBen,ben@env.example,member,Kenya,fr,Africa/Nairobi,mail\n").encode()
    done = actions.import_people(group, raw, take_good=False, by=officer, door="page")
    assert (done.taken, done.people, done.members) == (True, 1, 2)
    assert ada.name == "Ada" and queries.roles(ada, group.id) == {"chair"}
    ben = queries.find_by_address("ben@env.example")
    assert (ben.organization.name, ben.language, ben.zone, ben.means, ben.limit_bytes) == ("Kenya", "fr", "Africa/Nairobi", "mail", 40_000)
    before = counts()
    done = actions.import_people(group, raw, take_good=False, by=officer, door="page")
    assert (done.taken, done.people, done.members) == (True, 0, 0) and counts() == before


def test_one_bad_row_keeps_all_out_unless_the_good_ones_are_asked_for(group, officer):
    make.member(group, make.person("Chair"), "chair")
    raw = (HEAD + "Ben,ben@env.example\nCleo,cleo\nChair,chair@env.example,member\n").encode()
    before = counts()
    done = actions.import_people(group, raw, take_good=False, by=officer, door="page")
    assert not done.taken and [number for number, _ in done.bad] == [3, 4] and counts() == before
    assert "as chair" in str(done.bad[1][1])
    done = actions.import_people(group, raw, take_good=True, by=officer, door="page")
    assert done.taken and done.members == 1 and queries.find_by_address("ben@env.example") is not None


def test_a_guess_about_letters_is_asked_back(group, officer):
    raw = "name,email\nAntonín Dvořák,d@env.example\n".encode("cp1250")
    assert not actions.import_people(group, raw, take_good=True, by=officer, door="page").taken
    assert actions.import_people(group, raw, take_good=True, names_right=True, by=officer, door="page").taken


def test_two_thousand_people_come_in_one_list(group, officer):
    raw = ("name,email\n" + "".join(f"Person {number},p{number}@env.example\n" for number in range(2000))).encode()
    done = actions.import_people(group, raw, take_good=False, by=officer, door="command")
    assert done.members == 2000 and queries.count_members(group.id) == 2001


def test_members_cannot_import(group):
    member = make.member(group, make.person("Mia"))
    with pytest.raises(Refused):
        actions.import_people(group, b"name,email\nA,a@env.example\n", take_good=True, by=member, door="page")


def test_a_search_takes_its_words_as_they_are(app):
    make.person("Ada 100% Obi")
    make.person("Ben_Amar")
    assert [each.name for each in queries.people("100%")] == ["Ada 100% Obi"]
    assert [each.name for each in queries.people("n_a")] == ["Ben_Amar"]
    assert [each.name for each in queries.people("BEN_AMAR@ENV")] == ["Ben_Amar"]
    assert queries.people("' OR 1=1 --") == []


def test_a_seat_of_the_past_is_seen_on_its_day(group):
    ada = make.person("Ada")
    db.session.add(Membership(group_id=group.id, person_id=ada.id, role="member", starts_on=date(2004, 3, 1), ends_on=date(2006, 3, 1)))
    assert queries.members(group.id) == [] and len(queries.members(group.id, date(2005, 1, 1))) == 1
