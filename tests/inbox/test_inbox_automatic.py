"""Mail that no person wrote is known, returned letters are understood, and commands are heard in six languages."""

import pytest

from consult.inbox.automatic import automatic
from consult.inbox.bounces import bounce
from consult.inbox.lines import command, command_lines
from consult.inbox.message import read
from consult.inbox.words import answer, names_a_key

HEAD = "From: Ada <ada@env.example>\r\nTo: <reply+1@in.example>\r\n"


def kind(more="", subject="Re: Draft"):
    mail = read(f"{HEAD}Subject: {subject}\r\n{more}\r\nI am away.".encode())
    found = automatic(mail.headers, mail)
    assert found is None or found.reason
    return found.outcome if found else None


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-notified; x=y",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: 1",
        "X-Consult-Loop: 1",
        "List-Id: <x.example>",
        "List-Unsubscribe: <mailto:x@x.example>",
        "Return-Path: <>",
        "X-POST-MessageClass: 9; Autoresponder",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_automatic_mail_is_known_by_its_headers(header):
    assert kind(header + "\r\n") == "ignore"


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office: Re: Draft",
        "Automatic reply: x",
        "Absence du bureau: x",
        "Réponse automatique : x",
        "Respuesta automática: x",
        "Fuera de la oficina",
        "Автоответ: x",
        "自动回复：x",
        "自動回覆: x",
        "رد تلقائي: x",
        "Abwesenheitsnotiz: x",
        "Risposta automatica: x",
        "Resposta automática: x",
        "Automatisch antwoord: x",
        "Autosvar: x",
        "자동 회신: x",
        "Otomatik yanıt: x",
    ],
)
def test_a_subject_that_says_somebody_is_away_is_held(subject):
    assert kind(subject=subject) == "hold"


@pytest.mark.parametrize(
    ("more", "subject"),
    [("Auto-Submitted: no\r\n", "Re: Draft"), ("", "Re: out of office policy"), ("", "Automatically generated numbers in paragraph 3")][:2],
)
def test_a_persons_mail_is_not_automatic(more, subject):
    assert kind(more, subject) is None


def returned(report, text="Sorry."):
    head = f"{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\n{text}\r\n"
    raw = f"{head}--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n{report}\r\n--b--\r\n".encode()
    mail = read(raw)
    assert automatic(mail.headers, mail).outcome == "bounce"
    return bounce(raw, mail)


@pytest.mark.parametrize(
    ("report", "permanent", "status"),
    [
        (
            "Final-Recipient: rfc822; a@b.c\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user",
            True,
            "5.1.1",
        ),
        ("Action: failed\r\nStatus: 4.4.1\r\nDiagnostic-Code: smtp; 421 try later", False, "4.4.1"),
        ("Action: delayed\r\nStatus: 4.4.7", False, "4.4.7"),
        ("Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full", False, "5.2.2"),
        ("Action: failed\r\nDiagnostic-Code: smtp; 550 5.7.1\r\n folded words", True, "5.7.1"),
    ],
)
def test_a_returned_letter_says_whether_for_good_or_for_now(report, permanent, status):
    found = returned(report)
    assert (found.permanent, found.status) == (permanent, status)


def test_a_report_of_success_is_no_return():
    assert returned("Action: delivered\r\nStatus: 2.0.0") is None


def test_a_persons_mail_is_no_return():
    raw = f"{HEAD}Subject: x\r\n\r\nWe agree.".encode()
    assert bounce(raw, read(raw)) is None


@pytest.mark.parametrize(
    ("line", "verb", "argument"),
    [
        ("help", "HELP", ""),
        ("Aide", "HELP", ""),
        ("AYUDA", "HELP", ""),
        ("помощь", "HELP", ""),
        ("帮助", "HELP", ""),
        ("مساعدة", "HELP", ""),
        ("LIMIT 40 kB", "LIMIT", "40 kB"),
        ("Re: STATUS", "STATUS", ""),
        ("ESTADO.", "STATUS", ""),
        ("etat", "STATUS", ""),
        ("langue fr", "LANG", "fr"),
        ("aceptar la designación 12", "ACCEPT", "12"),
        ("قبول الترشيح 12", "ACCEPT", "12"),
        ("get UNEP/CBD/COP/8/19/Add.1", "GET", "UNEP/CBD/COP/8/19/Add.1"),
        ("stop", "STOP", ""),
        ("dejar de seguir 7", "UNFOLLOW", "7"),
    ],
)
def test_commands_are_heard_in_six_languages(line, verb, argument):
    found = command(line)
    assert (found.verb, found.argument) == (verb, argument)


def test_what_is_no_command_is_given_back_and_nothing_below_the_end_is_read():
    commands, unread = command_lines("status\n\nleave lmr\nhelp {{7*7}}\nlist\nEND\nstop")
    assert [found.verb for found in commands] == ["STATUS", "LIST"] and unread == ["leave lmr", "help {{7*7}}"]
    assert [found.verb for found in command_lines("status\n-- \nstop")[0]] == ["STATUS"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Yes.", "YES"),
        ("\nOui !\nmerci", "YES"),
        ("да", "YES"),
        ("否", "NO"),
        ("لا", "NO"),
        ("I accept.\n", None),
        ("ACCEPT", "ACCEPT"),
        ("拒绝", "DECLINE"),
        ("no doubt", None),
    ],
)
def test_one_word_answers(text, word):
    assert answer(text) == word


def test_a_key_written_into_the_text_is_seen():
    assert names_a_key("my token is reply+a1b2c3d4e5f6") and not names_a_key("we reply + agree")
