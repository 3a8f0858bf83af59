"""Whoever sends us a mail hears 250 only when we have it, and a reason otherwise."""

import smtplib

import pytest

from consult.inbox import spool
from tests import make
from tests.inbox.listening import listening, speaking

KEY = "0123456789abcdef" * 2
REPLY = f"reply+{KEY}@in.consult.test"
MAIL = b"From: ada@env.example\r\nMessage-ID: <1@env.example>\r\nSubject: Re: draft\r\n\r\nI agree.\r\n..dots stay\r\n"


@pytest.mark.parametrize("lmtp", [False, True])
def test_a_mail_is_kept_as_it_came_with_its_envelope(app, lmtp):
    with listening(app) as port, speaking(port, lmtp) as server:
        server.sendmail("ada@env.example", [REPLY], MAIL)
    (kept,) = spool.waiting(app.config["DATA"])
    assert kept.raw == MAIL
    assert (kept.meta.envelope_from, kept.meta.envelope_to, kept.meta.door) == ("ada@env.example", REPLY, "listen")


def test_a_mail_to_two_of_our_addresses_is_kept_for_each(app):
    with listening(app) as port, speaking(port) as server:
        assert server.sendmail("ada@env.example", [REPLY, "consult@in.consult.test"], MAIL) == {}
    assert {kept.meta.envelope_to for kept in spool.waiting(app.config["DATA"])} == {REPLY, "consult@in.consult.test"}


def test_lmtp_answers_once_for_each_recipient(app):
    with listening(app) as port, speaking(port, lmtp=True) as server:
        for command in ("MAIL FROM:<a@env.example>", f"RCPT TO:<{REPLY}>", "RCPT TO:<consult@in.consult.test>", "DATA"):
            server.docmd(command)
        server.send(b"Subject: x\r\n\r\nHello\r\n.\r\n")
        assert [server.getreply()[0], server.getreply()[0], server.noop()[0]] == [250, 250, 250]
    assert len(spool.waiting(app.config["DATA"])) == 2


def test_a_failure_report_without_sender_is_taken(app):
    with listening(app) as port, speaking(port) as server:
        server.sendmail("", [f"bounce+{KEY}@in.consult.test"], MAIL)
    assert spool.waiting(app.config["DATA"])[0].meta.envelope_from == ""


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ada@env.example", "No mail is relayed here"),
        ("reply+123@in.consult.test", "no such address"),
        ("reply+@in.consult.test", "no such address"),
        ("nobody@in.consult.test", "no such address"),
        ("a/../b@in.consult.test", "no such address"),
    ],
)
def test_other_addresses_are_refused_with_a_reason(app, address, said):
    with listening(app) as port, speaking(port) as server, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        server.sendmail("ada@env.example", [address], MAIL)
    code, words = refused.value.recipients[address]
    assert code == 550 and said in words.decode()
    assert spool.waiting(app.config["DATA"]) == []


def test_a_group_that_exists_can_be_written_to(app):
    make.group("experts")
    make.commit()
    with listening(app) as port, speaking(port) as server:
        server.sendmail("ada@env.example", ["Experts@In.Consult.Test"], MAIL)
    assert spool.waiting(app.config["DATA"])[0].meta.envelope_to == "experts@in.consult.test"


@pytest.mark.parametrize("lmtp", [False, True])
@pytest.mark.parametrize("announced", [False, True])
def test_a_mail_of_30_mb_is_refused_with_a_clear_answer(app, lmtp, announced):
    large = MAIL + (b"x" * 998 + b"\r\n") * 30_000
    with listening(app) as port, speaking(port, lmtp) as server:
        if not announced:
            server.esmtp_features.pop("size")
        with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPSenderRefused)) as refused:
            server.sendmail("ada@env.example", [REPLY], large)
        assert refused.value.smtp_code == 552 and b"larger than 25 MB" in refused.value.smtp_error
        assert server.noop()[0] == 250
    assert spool.waiting(app.config["DATA"]) == []


def test_lines_far_beyond_the_standard_are_taken_as_real_mail_programs_send_them(app):
    mail = MAIL + b"<p>" + b"word " * 20_000 + b"</p>\r\n"
    with listening(app) as port, speaking(port) as server:
        server.sendmail("ada@env.example", [REPLY], mail)
    assert spool.waiting(app.config["DATA"])[0].raw == mail


def test_only_the_true_end_ends_a_mail(app):
    smuggled = b"Subject: x\r\n\r\nHello\n.\nMAIL FROM:<evil@evil.example>\n\r.\r\nstill the same mail\r\n"
    with listening(app) as port, speaking(port) as server:
        for command in ("MAIL FROM:<a@env.example>", f"RCPT TO:<{REPLY}>", "DATA"):
            server.docmd(command)
        server.send(smuggled + b".\r\n")
        assert server.getreply()[0] == 250
    assert [kept.raw for kept in spool.waiting(app.config["DATA"])] == [smuggled]


def test_a_disk_that_refuses_means_try_again(app):
    (app.config["DATA"] / "spool").write_text("in the way")
    with listening(app) as port, speaking(port) as server, pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("ada@env.example", [REPLY], MAIL)
    assert refused.value.smtp_code == 451
