"""Bad, odd and unlucky mail: each has its clear answer, and nothing is lost."""

import pytest
from flask import current_app

from consult.extensions import db
from consult.inbox import desk, queries, queues, spool
from consult.outbox import actions as outbox
from consult.people.models import Address
from consult.review import actions as review
from tests import make
from tests.inbox import letters

CONSULT = f"consult@{letters.DOMAIN}"


@pytest.fixture
def table(app):
    return letters.laid()


def posted(table):
    """The letters written since Ada got hers."""
    return letters.letters_after(table.letter.id)


def test_a_strangers_answer_with_a_forwarded_key_waits_and_the_stranger_hears_nothing(table):
    arrival = letters.arrives(letters.mail(table.address, "[12] Me too.", sender="tom@elsewhere.example"), table.address)
    assert arrival.state == "asked" and queries.is_own(table.ada, arrival)
    assert {letter.to_address for letter in posted(table)} == {"ada@env.example"} and letters.comments() == []


def test_a_second_address_of_the_same_person_is_the_same_person(table):
    letters.kept(lambda: db.session.add(Address(person_id=table.ada.id, address="Ada@Home.example", folded="ada@home.example", position=1)))
    arrival = letters.answers(table, "[12] From home.", sender="Ada B <ada@home.example>")
    assert arrival.state == "taken" and letters.comments()[0].author_id == table.ada.id


def test_a_broken_charset_loses_no_word(table):
    raw = letters.mail(table.address, "[12] caf\u00e9").replace(b"utf-8", b"x-unheard-of").replace("é".encode(), b"\xe9")
    assert letters.arrives(raw, table.address).state == "taken"
    assert letters.comments()[0].text.startswith("caf")


def test_without_a_message_id_twice_is_still_one_comment(table):
    raw = letters.mail(table.address, "[12] Once.").replace(b"Message-ID: <m1@env.example>\r\n", b"")
    letters.arrives(raw, table.address)
    assert letters.arrives(raw, table.address).copies == 2
    assert len(letters.comments()) == 1


def test_a_withdrawn_reply_address_is_refused_with_the_text_back(table):
    letters.kept(lambda: outbox.revoke(db.session.merge(table.key)))
    assert letters.answers(table, "[12] My long work.").state == "refused"
    assert "> [12] My long work." in posted(table)[0].text


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA4b8\n=abcd\n-----END PGP MESSAGE-----", "text/plain", "It is encrypted"),
        ("AAAA", 'application/pkcs7-mime; name="smime.p7m"', "It is encrypted"),
        ("AAAA", 'application/ms-tnef; name="winmail.dat"', "only Outlook can read"),
    ],
)
def test_a_mail_that_nobody_can_open_says_what_to_do_and_is_no_comment(table, body, kind, said):
    raw = letters.mail(table.address, body).replace(b"Content-Type: text/plain", f"Content-Type: {kind}".encode())
    assert letters.arrives(raw, table.address).state == "held" and letters.comments() == []
    assert said in " ".join(posted(table)[0].text.split())


def test_a_mail_with_only_an_attachment_says_what_can_be_read_and_waits_for_an_officer(table):
    raw = letters.mail(table.address, "AAAA").replace(
        b"Content-Type: text/plain; charset=utf-8", b'Content-Type: application/pdf; name="x.pdf"\r\nContent-Disposition: attachment'
    )
    arrival = letters.arrives(raw, table.address)
    assert arrival.state == "held"
    assert "only attached files" in posted(table)[0].text


def test_an_out_of_office_answer_is_noted_and_never_answered(table):
    arrival = letters.answers(table, "I am away.", more="Auto-Submitted: auto-replied\n")
    assert arrival.state == "ignored" and posted(table) == []


def test_a_message_of_30_megabytes_is_refused_with_the_reason(app, table):
    head = letters.mail(table.address, "")
    path = spool.keep(head, "ada@env.example", table.address, "fetch", app.config["DATA"], refused_octets=30_000_000)
    arrival = desk.take(spool.Spooled(path))
    assert (arrival.state, arrival.octets) == ("refused", 30_000_000)
    assert "25 MB" in posted(table)[0].text


def test_line_ends_in_a_name_or_subject_make_no_header(table):
    raw = letters.mail(table.address, "[12] Hello.", sender="=?utf-8?q?Ada=0D=0ABcc=3A_x=40evil=2Eexample?= <ada@env.example>")
    letters.arrives(raw.replace(b"Re: Draft report", b"=?utf-8?q?Hi=0D=0ABcc=3A_x=40evil=2Eexample?="), table.address)
    (receipt,) = posted(table)
    assert "\n" not in receipt.subject + receipt.to_name and "Bcc" not in receipt.headers


def test_good_remarks_are_entered_and_the_receipt_names_the_rest(table):
    arrival = letters.answers(table, "[12] Good.\n\n[13] " + "x " * 11_000)
    assert arrival.state == "taken" and len(letters.comments()) == 1
    assert "Not entered" in posted(table)[0].text and "20000" in posted(table)[0].text.replace(",", "")


def test_an_answer_to_a_comment_stands_in_its_thread(table):
    comment = review.comment(table.round, paragraph=None, text="What about seeds?", by=table.ben, door="page")
    letter, key = letters.sent_to(table.ada, "comment", comment.id, table.group, "Ben commented:\n\nWhat about seeds?")
    db.session.commit()
    to = outbox.address_of(key)
    arrival = letters.arrives(letters.mail(to, "I agree with Ben.\n\n> What about seeds?"), to)
    assert arrival.state == "taken"
    assert [(a.text, a.author_id, a.door) for a in comment.answers] == [("I agree with Ben.", table.ada.id, "mail")]
    (receipt,) = letters.letters_after(letter.id)
    assert "thread" in receipt.text and f"comment {comment.number}" in receipt.subject


def test_an_answer_to_a_whole_digest_is_sent_back_with_the_way_to_do_it(table):
    letter, key = letters.sent_to(table.ada, "digest", None, table.group)
    db.session.commit()
    arrival = letters.arrives(letters.mail(outbox.address_of(key), "Agreed."), outbox.address_of(key))
    assert arrival.state == "refused"
    text = letters.letters_after(letter.id)[0].text
    assert "digest without comments" in text and "> Agreed." in text


def test_thanks_for_a_receipt_waits_for_an_officer_and_undoes_nothing(table):
    letters.answers(table, "[12] One.")
    (receipt,) = posted(table)
    assert letters.arrives(letters.mail(receipt.reply_to, "Thank you!", name="m2"), receipt.reply_to).state == "held"
    assert letters.comments()[0].withdrawn_at is None


def test_no_receipt_for_whoever_wants_none(table):
    letters.kept(lambda: setattr(db.session.merge(table.ada), "receipts", False))
    assert letters.answers(table, "[12] Fine.").state == "taken"
    assert posted(table) == []


def test_a_mail_to_the_group_waits_with_the_letter_it_answers_at_hand(table):
    to = f"{table.group.slug}@{letters.DOMAIN}"
    raw = letters.mail(to, "[12] Sent to everybody.", more=f"In-Reply-To: <{table.letter.message_id}>\n")
    arrival = letters.arrives(raw, to)
    assert (arrival.state, arrival.round_id, arrival.group_id) == ("held", table.round.id, table.group.id)
    assert "kept" in posted(table)[0].text


def test_a_mail_that_trips_us_up_is_held_and_the_others_go_through(app, table):
    _, odd = letters.sent_to(table.ada, "purpose unheard of", 1, table.group)
    db.session.commit()
    to = outbox.address_of(odd)
    spool.keep(letters.mail(to, "Trip."), "", to, "listen", app.config["DATA"])
    spool.keep(letters.mail(table.address, "[12] Fine.", name="m2"), "", table.address, "listen", app.config["DATA"])
    assert desk.take_waiting() == 2
    assert [a.state for a in queues.page(make.person("Sam", staff=True), queues.Wanted()).rows] == ["taken", "held"]
    assert len(letters.comments()) == 1 and spool.waiting(app.config["DATA"]) == []


def test_a_mail_found_again_after_a_crash_is_the_same_arrival_not_a_second_delivery(app, table):
    path = spool.keep(letters.mail(table.address, "[12] Once."), "", table.address, "listen", app.config["DATA"])
    octets = path.read_bytes()
    first = desk.take(spool.Spooled(path))
    path.write_bytes(octets)
    assert desk.take_waiting() == 1
    db.session.refresh(first)
    assert first.copies == 1 and len(letters.comments()) == 1 and not path.exists()


def test_the_raw_mail_is_kept_byte_for_byte(app, table):
    raw = letters.mail(table.address, "[12] \x00 odd")
    assert queries.raw(letters.arrives(raw, table.address)) == raw
    assert current_app.config["DATA"].joinpath("arrivals").is_dir()
