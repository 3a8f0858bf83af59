"""The letters about a round, as they lie in the mailbox: the whole text, in parts, in every script."""

import re
from datetime import timedelta

import pytest

from consult.alerts.models import Notice
from consult.drafts import queries as drafts
from consult.extensions import db, transaction
from consult.outbox.checking import check
from consult.outbox.models import ReplyKey
from consult.people import actions as people
from consult.people import failing
from consult.review import actions as review
from tests import make
from tests.alerts.post import a_round, letters, raw, work

MARK = re.compile(r"^ *\[([^\]]+)\] ", re.M)


def test_everybody_invited_gets_the_whole_text_at_once_even_without_news(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="none", zone="Europe/Paris")
        bob = make.member(group, make.person("Bob", rhythm="weekly"))
        make.round(make.published(make.draft(group, "Second")), title="Second round")
    assert work() == 3
    letter = letters(ada)[0]
    assert letter.subject == "[AHTEG] Comments please by 7 Dec 2026, 06:00 UTC: First round"
    assert "7 Dec 2026, 07:00 Paris time (7 Dec 2026, 06:00 UTC)" in letter.text
    for line in ("[h1] I. INTRODUCTION", "[1] The first paragraph.", "  [2(a)] an item;", "[3] The third paragraph."):
        assert line in letter.text.split("\n")
    assert "http://consult.test/g/experts/r/1" in letter.text and "Olga of experts" in letter.text
    assert [letter.subject.split(": ")[1] for letter in letters(bob)] == ["Second round"]


def test_an_answer_to_the_opening_is_about_the_round_until_sixty_days_after_it_closes(app, travel):
    with transaction():
        _, ada, asked = a_round()
    work()
    key = letters(ada)[0].keys[0]
    assert (key.purpose, key.subject_id, key.expires_at) == ("round", asked.id, asked.closes_at + timedelta(days=60))
    assert letters(ada)[0].reply_to == f"reply+{key.key}@in.consult.test"


def sized(of, parts):
    """The parts are numbered, threaded below the first, each with an answer address of its own, and no larger than the person asked."""
    assert all(len(raw(part)) <= of.limit_bytes for part in parts)
    assert [part.text.split("\n")[0] for part in parts] == [
        f"Part {n} of {len(parts)} (PART {n} OF {parts[0].id})" for n in range(1, len(parts) + 1)
    ]
    assert all(f"({n} of {len(parts)})" in part.subject for n, part in enumerate(parts, 1))
    assert all(part.headers["In-Reply-To"] == f"<{parts[0].message_id}>" for part in parts[1:])
    assert len({part.reply_to for part in parts}) == len(parts)
    series = [(None if n == 1 else parts[0].id, n, len(parts)) for n in range(1, len(parts) + 1)]
    assert [(part.series_id, part.part, part.parts) for part in parts] == series


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_long_draft_comes_in_parts_below_six_kilobytes_with_every_paragraph_once(app, travel, form):
    text = "\n\n".join(f"{n}. {'Transfer of technology depends on many things. ' * (n % 7 + 1)}" for n in range(1, 121))
    with transaction():
        _, ada, asked = a_round(text, limit_bytes=6_000, form=form)
    work()
    parts = letters(ada)
    assert len(parts) > 3
    sized(ada, parts)
    assert MARK.findall("\n".join(part.text for part in parts)) == [row.mark for row in drafts.paragraphs(asked.version_id)]


def test_a_chinese_draft_fits_the_limit_in_the_octets_that_really_travel(app, travel, shared):
    text = (shared / "cop-8-19.zh.txt").read_text()
    with transaction():
        _, ada, asked = a_round(text, limit_bytes=8_000)
    work()
    parts = letters(ada)
    sized(ada, parts)
    assert MARK.findall("\n".join(part.text for part in parts)) == [row.mark for row in drafts.paragraphs(asked.version_id)]
    together = "".join("".join(part.text for part in parts).split())
    assert all("".join(row.text.split()) in together for row in drafts.paragraphs(asked.version_id) if len(row.text) < 200)
    assert not any(check(raw(part)) for part in parts)


def test_an_arabic_draft_keeps_its_words_whole(app, travel):
    words = "يطلب من الأمين التنفيذي أن يواصل جمع المعلومات عن نقل التكنولوجيا والتعاون العلمي والتقني بين الأطراف كافة"
    with transaction():
        _, ada, asked = a_round(f"1. {words}\n\n2. {words}", language="ar", form="html")
    work()
    letter = letters(ada)[0]
    assert words in " ".join(letter.text.split()) and 'dir="rtl"' in letter.html and not check(raw(letter))


def test_whoever_has_only_mail_and_chose_no_limit_gets_forty_kilobytes_a_letter(app, travel):
    with transaction():
        _, ada, _ = a_round("\n\n".join(f"{n}. {'word ' * 100}" for n in range(1, 201)), means="mail")
    work()
    assert len(letters(ada)) > 2 and all(len(raw(letter)) <= 40_000 for letter in letters(ada))


def test_more_time_and_closing_are_told_in_the_thread_of_the_opening(app, travel):
    with transaction():
        group, ada, asked = a_round()
    work()
    with transaction():
        review.extend(asked, asked.closes_at + timedelta(days=7), "The translation came late", by=make.officer(group), door="page")
    work()
    with transaction():
        review.close(asked, by=make.officer(group), door="page")
    work()
    opening, extension, closing = letters(ada)
    assert "14 Dec 2026, 06:00 UTC" in extension.text and "The translation came late" in extension.text
    assert {extension.headers["In-Reply-To"], closing.headers["In-Reply-To"]} == {f"<{opening.message_id}>"}
    assert {key.purpose for key in db.session.scalars(db.select(ReplyKey))} == {"round"}


def test_only_those_chosen_are_reminded(app, travel):
    with transaction():
        group, ada, asked = a_round()
        bob = make.member(group, make.person("Bob"))
        both = make.round(make.published(make.draft(group, "Second")), title="Second round")
    work()
    with transaction():
        review.remind(both, [bob], by=make.officer(group), door="page")
    work()
    assert [len(letters(who, "reminder")) for who in (ada, bob)] == [0, 1]
    assert letters(bob, "reminder")[0].headers["In-Reply-To"] == f"<{letters(bob, 'opening')[0].message_id}>"


def test_a_round_closed_before_its_letters_were_written_asks_nobody(app, travel):
    with transaction():
        group, ada, asked = a_round()
        review.close(asked, by=make.officer(group), door="page")
    work()
    assert not letters(ada, "opening") and letters(ada, "closing")
    assert "closed meanwhile" in db.session.scalars(db.select(Notice.why).where(Notice.state == "dropped")).all()[0]


def test_a_newcomer_is_welcomed_with_how_to_take_part_and_how_letters_come(app, travel):
    with transaction():
        group = make.group("experts", short="AHTEG", mandate="Decision VII/29, paragraph 7")
        ada = make.person("Ada", rhythm="weekly", digest_day=2, digest_hour=9, means="mail", zone="Africa/Nairobi")
        people.add_member(group, ada, "member", by=make.officer(group), door="page")
    work()
    text = letters(ada, "welcome")[0].text
    for words in ("Decision VII/29", "on Wednesday at 9:00", "40 kB", "Africa/Nairobi", "Reply to it"):
        assert words in " ".join(text.split())


def test_officers_hear_at_once_when_a_members_address_fails(app, travel):
    with transaction():
        group, ada, _ = a_round()
        for _ in range(3):
            failing.address_failed(ada.id, "ada@env.example", True, "550 no such user")
    work()
    assert "ada@env.example" in letters(make.officer(group), "failing")[0].text and not letters(ada, "failing")


def test_every_letter_says_why_and_how_to_stop_in_at_most_300_octets_and_has_the_headers_of_a_list(app, travel):
    with transaction():
        _, ada, _ = a_round()
    work()
    letter = letters(ada)[0]
    footer = letter.text.split("\n-- \n")[1]
    assert len(footer.encode()) <= 300 and "http://consult.test/me" in footer and "STOP" in footer
    head = raw(letter).split(b"\r\n\r\n")[0]
    one_click = b"List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    for line in (b"List-Id: AHTEG <experts.in.consult.test>", one_click, b"Auto-Submitted: auto-generated"):
        assert line in head.split(b"\r\n")
    assert head.count(b"\r\nTo: ") == 1 and b"Bcc" not in head and not check(raw(letter))


def test_every_address_in_a_letter_is_a_page(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        make.comment(asked, make.officer(group), "1")
    work()
    pages = app.url_map.bind("consult.test", url_scheme="http")
    texts = [letter.text + letter.headers["List-Unsubscribe"] for letter in letters(ada)]
    found = {url for text in texts for url in re.findall(r"http://consult\.test(/[^\s>]*)", text)}
    assert len(found) > 3
    for path in found:
        pages.match(path)


@pytest.mark.parametrize(
    ("types", "said"),
    [
        ([], "Begin with ED: (editorial), TE: (technical), SUB: (substantive) or TR:"),
        (["editorial", "technical"], "Begin with one of these, if you like: ED: (editorial), TE: (technical)."),
        (["editorial"], None),
    ],
)
def test_the_opening_offers_only_the_signs_of_the_types_asked_for(app, travel, types, said):
    with transaction():
        group = make.group()
        ada = make.member(group, make.person("Ada"))
        make.round(make.published(make.draft(group)), types=types)
    work()
    text = " ".join(letters(ada)[0].text.split())
    assert said in text if said else "Begin with" not in text
