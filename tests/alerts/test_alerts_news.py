"""What is new reaches members in their own rhythm: in full, once, as it stands when the letter is written."""

import re
from datetime import timedelta

from consult.alerts.models import Notice
from consult.extensions import db, transaction
from consult.outbox.checking import check
from consult.outbox.models import ReplyKey
from consult.people import actions as people
from consult.people.models import Membership
from consult.review import actions as review
from tests import make
from tests.alerts.post import a_round, letters, raw, work


def a_group(**rhythms: str):
    """A round in which Ada comments, and readers with the rhythms named; everything before is told already."""
    with transaction():
        group, ada, asked = a_round(rhythm="none")
        readers = {name: make.member(group, make.person(name.title(), rhythm=rhythm, digest_day=3)) for name, rhythm in rhythms.items()}
        make.read_by_all()
    return group, ada, asked, readers


def test_a_comment_reaches_each_reader_in_their_rhythm_and_never_its_author(app, travel):
    group, ada, asked, who = a_group(bob="at-once", cem="daily", dan="weekly", eve="none")
    with transaction():
        more = {"type": "substantive", "on_behalf_of": "African Group", "proposed": "The second paragraph, paid:"}
        make.comment(asked, ada, "2", "Say who pays.", **more)
    assert work() == 1
    letter = letters(who["bob"])[0]
    assert letter.subject == "[AHTEG] Comment 1 on paragraph 2: Report on technology transfer"
    assert "Comment 1 (substantive), Ada, on behalf of African Group" in letter.text
    assert all(words in letter.text for words in ("[2] The second paragraph:", "Say who pays.", "paragraph{+, paid+}:"))
    assert [(key.purpose, key.subject_id) for key in letter.keys] == [("comment", 1)]
    travel.shift(timedelta(hours=1))
    assert work() == 2 and letters(who["cem"], "digest") and letters(make.officer(group), "digest")
    travel.shift(timedelta(days=7))
    assert work() == 1 and letters(who["dan"], "digest")  # on Thursday
    assert not letters(who["eve"]) and not letters(ada)


def test_a_digest_has_every_new_comment_in_reading_order_each_under_the_number_that_answers_it(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        third, first, whole = (make.comment(asked, ada, mark, f"About {mark or 'all'}.") for mark in ("3", "1", ""))
        second = make.comment(asked, ada, "1", "Once more.")
    travel.shift(timedelta(hours=2))
    work()
    letter = letters(who["cem"])[0]
    order = ("On the whole draft", "About all.", "[1] The first", "About 1.", "Once more.", "[3] The third", "About 3.")
    places = [letter.text.index(words) for words in order]
    assert places == sorted(places) and letter.text.count("[1] The first") == 1
    numbers = [int(number) for number in re.findall(r"^#(\d+) Ada:$", letter.text, re.M)]
    assert numbers == [whole.number, first.number, second.number, third.number] and letter.text.count("reply+") == 0
    assert [(piece["number"], piece["comment"]) for piece in letter.pieces] == [
        (str(c.number), c.id) for c in (whole, first, second, third)
    ]
    lines = letter.text.split("\n")
    assert [lines[piece["lines"][0]] for piece in letter.pieces] == [f"#{number} Ada:" for number in numbers]
    keys = {key.key: key for key in letter.keys}
    assert letter.reply_to == f"reply+{next(key for key in keys.values() if key.purpose == 'digest').key}@in.consult.test"
    assert not check(raw(letter))


def test_answers_and_responses_stand_below_their_comment_and_later_ones_come_with_its_beginning(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        said = make.comment(asked, ada, "1", "Who pays?")
        review.answer(said, "The fund.", by=ada, door="mail")
    travel.shift(timedelta(hours=2))
    work()
    with transaction():
        review.answer(said, "Which one?", by=make.officer(group), door="page")
        review.respond(said, "noted", "To be discussed.", turn=0, by=make.officer(group), door="page")
    travel.shift(timedelta(days=1))
    work()
    first, second = letters(who["cem"])
    assert "Who pays?" in first.text and "  Ada answered:\n  The fund." in first.text
    assert "“Who pays?”" in second.text and "  Which one?" in second.text and "  Response: noted\n  To be discussed." in second.text
    assert "The fund." not in second.text


def test_the_author_of_a_comment_hears_of_answers_in_their_own_rhythm(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        make.read_by_all()
        said = make.comment(asked, ada, "1", "Who pays?")
        review.answer(said, "The fund.", by=make.officer(group), door="page")
    work()
    letter = letters(ada)[0]
    assert "The fund." in letter.text and "“Who pays?”" in letter.text and letter.keys[0].subject_id == said.id


def test_what_a_person_read_on_the_page_is_not_sent_again(app, travel):
    group, ada, asked, who = a_group(bob="at-once", cem="daily")
    with transaction():
        read, unread = make.comment(asked, ada, "1", "Read."), make.comment(asked, ada, "2", "Unread.")
        review.saw(who["bob"].id, [read.id])
        review.saw(who["cem"].id, [read.id])
    travel.shift(timedelta(hours=2))
    work()
    assert [letter.keys[0].subject_id for letter in letters(who["bob"])] == [unread.id]
    assert "Unread." in letters(who["cem"])[0].text and "Read.\n" not in letters(who["cem"])[0].text


def test_a_digest_shows_the_text_as_it_stands_and_leaves_out_what_was_withdrawn(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        edited, gone = make.comment(asked, ada, "1", "Old words."), make.comment(asked, ada, "2", "Never mind.")
        review.edit(edited, text="New words.", type="general", by=ada, door="page")
        review.withdraw(gone, by=ada, door="page")
    travel.shift(timedelta(hours=2))
    work()
    text = letters(who["cem"])[0].text
    assert "New words." in text and "edited" in text and "Old words." not in text and "Never mind." not in text


def test_a_digest_with_nothing_left_to_tell_is_not_written(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        gone = make.comment(asked, ada, "2", "Never mind.")
    work()
    with transaction():
        review.withdraw(gone, by=ada, door="page")
    travel.shift(timedelta(days=1))
    assert work() == 0 and not letters(who["cem"])


def test_nothing_comes_twice_however_often_the_worker_turns(app, travel):
    group, ada, asked, who = a_group(bob="at-once", cem="daily")
    seen = {"bob": "", "cem": ""}
    for number in range(1, 7):
        with transaction():
            made = make.comment(asked, ada, "1", f"Comment number {number} here.")
            review.answer(made, f"Answer number {number} here.", by=ada, door="page")
        travel.shift(timedelta(hours=9))
        work()
        work()
    travel.shift(timedelta(days=1))
    work()
    for name in seen:
        together = "\n".join(letter.text for letter in letters(who[name]))
        assert all(together.count(f"Comment number {n} here.") == together.count(f"Answer number {n} here.") == 1 for n in range(1, 7))


def test_a_large_digest_comes_in_parts_below_the_limit_with_each_comment_once(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        db.session.get(make.Person, who["cem"].id).limit_bytes = 6_000
        for number in range(1, 41):
            make.comment(asked, ada, "1", f"Remark number {number}. " + "And a reason. " * 20)
    travel.shift(timedelta(hours=2))
    work()
    parts = letters(who["cem"])
    together = "\n".join(part.text for part in parts)
    assert len(parts) > 2 and all(len(raw(part)) <= 6_000 for part in parts)
    assert all(together.count(f"Remark number {n}. ") == 1 for n in range(1, 41))
    shown = [piece["number"] for part in parts for piece in part.pieces]
    assert sorted(shown, key=int) == [str(number) for number in range(1, 41)]


def test_who_joins_late_gets_no_old_history(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        make.comment(asked, ada, "1", "Before Zoe.")
        zoe = make.person("Zoe", rhythm="at-once")
        people.add_member(group, zoe, "member", by=make.officer(group), door="page")
        make.comment(asked, ada, "1", "After Zoe.")
    work()
    texts = [letter.text for letter in letters(zoe, "comment")]
    assert len(texts) == 1 and "After Zoe." in texts[0] and letters(zoe, "welcome")


def test_a_comment_follows_the_opening_in_its_thread_and_answers_follow_the_comment(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        bob = make.member(group, make.person("Bob"))
    work()
    with transaction():
        said = make.comment(asked, make.officer(group), "1", "Who pays?")
    work()
    with transaction():
        review.answer(said, "The fund.", by=bob, door="page")
    work()
    opening, comment, answer = letters(ada, "opening")[0], *letters(ada, "comment")
    assert comment.headers["In-Reply-To"] == f"<{opening.message_id}>" and answer.headers["In-Reply-To"] == f"<{comment.message_id}>"


def test_whoever_stopped_letters_after_the_comment_was_made_gets_none(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        make.comment(asked, ada, "1", "News.")
    work()
    with transaction():
        db.session.get(make.Person, who["cem"].id).rhythm = "none"
    travel.shift(timedelta(days=1))
    work()
    assert not letters(who["cem"])
    assert db.session.scalars(db.select(Notice.state).where(Notice.person_id == who["cem"].id)).all() == ["dropped"]


def test_a_new_version_is_news_with_what_the_officer_says_about_it(app, travel):
    group, ada, asked, who = a_group(bob="at-once")
    with transaction():
        draft = asked.version.draft
        version = make.prepared(draft, "1. The first paragraph, changed.\n\n2. Another.")
        review.publish(version, by=make.officer(group), door="page")
    work()
    letter = letters(who["bob"])[0]
    assert letter.subject.startswith("[AHTEG] Version 2: ") and "/v/2" in letter.text and "What changed:" in letter.text


def test_letters_speak_the_readers_language_where_it_is_known(app, travel):
    with transaction():
        _, ada, _ = a_round(language="fr", zone="Europe/Paris")
    work()
    assert "7 déc. 2026" in letters(ada)[0].subject and "Bonjour" not in letters(ada)[0].text


def test_no_key_is_left_over_when_there_is_nothing_to_say(app, travel):
    group, ada, asked, who = a_group(cem="daily")
    with transaction():
        make.comment(asked, ada, "1", "News.")
    travel.shift(timedelta(days=1))
    work()
    assert not db.session.scalars(db.select(ReplyKey).where(ReplyKey.letter_id.is_(None))).all()
    assert db.session.scalar(db.select(db.func.count()).select_from(Membership))
