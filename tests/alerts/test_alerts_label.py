"""Letters that carry the text of a draft, or what is said about it, carry its label; those after issuing do not."""

from datetime import timedelta

from consult.drafts import actions as drafts
from consult.extensions import transaction
from consult.review import actions as review
from tests import make
from tests.alerts.post import a_round, letters, work

USUAL = "For comments only, not for citation"


def test_every_part_of_the_opening_carries_the_label(app, travel):
    text = "\n\n".join(f"{n}. {'Transfer of technology depends on many things. ' * 6}" for n in range(1, 41))
    with transaction():
        _, ada, _ = a_round(text, limit_bytes=8_000)
    work()
    parts = letters(ada)
    assert len(parts) > 1 and all(USUAL in part.text for part in parts)


def test_letters_about_a_version_and_about_comments_carry_the_label(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        bob = make.member(group, make.person("Bob", rhythm="daily"))
        make.round(asked.version, people_asked=[bob], title="For Bob")
        make.comment(asked, make.officer(group), "1")
        make.published(asked.version.draft, "1. First, better.")
    work()
    travel.shift(timedelta(days=2))
    work()
    told = {letter.kind: letter.text for letter in [*letters(ada), *letters(bob)]}
    assert {"opening", "version", "comment", "digest"} <= set(told)
    assert all(USUAL in told[kind] for kind in ("opening", "version", "comment", "digest"))
    assert told["digest"].count(USUAL) == 1  # once for the draft, not at each version of it and above the comments again


def test_a_label_in_other_words_goes_out_in_them(app, travel):
    with transaction():
        group, ada, asked = a_round()
        drafts.relabel(asked.version.draft, "Confidential until the meeting", by=make.officer(group), door="page")
    work()
    assert "Confidential until the meeting" in letters(ada)[0].text and USUAL not in letters(ada)[0].text


def test_when_a_draft_is_issued_members_are_told_at_once_and_letters_carry_no_label_any_more(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        officer = make.officer(group)
        make.read_by_all()
        review.close(asked, by=officer, door="page")
        drafts.issue(asked.version.draft, by=officer, door="page")
        make.comment(asked, officer, "1")
    work()
    told = {letter.kind: letter for letter in letters(ada)}
    assert told["issued"].subject == "[AHTEG] Issued: Report on technology transfer"
    assert (
        "may now be cited" in " ".join(told["issued"].text.split())
        and "http://consult.test/g/experts/d/report-on-technology-transfer/v/1" in told["issued"].text
    )
    assert USUAL not in told["comment"].text
