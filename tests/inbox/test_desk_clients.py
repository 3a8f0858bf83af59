"""Answers as mail programs write them in six languages, to a letter that really went out: each remark lands on its paragraph."""

import base64
import html
import quopri

import pytest

from tests.inbox import clients, letters

SAID = {
    "en": "We cannot agree because farmers lack seeds.",
    "fr": "Nous refusons car les agriculteurs manquent d’argent ; « été » compris.",
    "es": "No aceptamos porque los agricultores carecen de dinero. ¿Por qué?",
    "ru": "Мы возражаем, поскольку фермерам нужны деньги.",
    "zh": "我们反对，因为农民缺乏资金。",
    "ar": "نعترض لأن المزارعين بحاجة إلى المال.",
}
CHARSETS = {"en": "us-ascii", "fr": "windows-1252", "es": "iso-8859-1", "ru": "koi8-r", "zh": "gb18030", "ar": "windows-1256"}
PROGRAMS = [clients.gmail, clients.thunderbird, clients.mutt, clients.apple, clients.iphone, clients.outlook]


def encoded(text: str, charset: str, way: str) -> str:
    """The body as it travels."""
    octets = text.encode(charset, "replace")
    return base64.encodebytes(octets).decode() if way == "base64" else quopri.encodestring(octets).decode()


def typed(table, body: str, charset: str, way: str, kind: str = "plain") -> bytes:
    """A mail with that body in that charset."""
    head = f"From: Ada <ada@env.example>\nTo: <{table.address}>\nSubject: Re: Draft\nDate: Mon, 23 Nov 2026 10:00:00 +0000\n"
    head += f"Message-ID: <{way}-{charset}@env.example>\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset={charset}\n"
    return (head + f"Content-Transfer-Encoding: {way}\n\n" + encoded(body, charset, way)).replace("\n", "\r\n").encode()


def line_of(table, mark: str) -> int:
    """The line of the sent letter where that paragraph stands."""
    return next(number for number, line in enumerate(table.letter.text.split("\n")) if line.startswith(f"[{mark}]"))


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_a_remark_typed_below_a_paragraph_lands_there(app, language, program):
    table = letters.laid()
    body = program(table.letter.text, [(line_of(table, "7"), SAID[language])], "", lang=language)
    way = "base64" if language in ("zh", "ar") else "quoted-printable"
    arrival = letters.arrives(typed(table, body, CHARSETS[language], way), table.address)
    assert arrival.state == "taken", arrival.reason
    (comment,) = letters.comments()
    assert (comment.paragraph.mark, " ".join(comment.text.split())) == ("7", SAID[language])


@pytest.mark.parametrize("language", SAID)
def test_a_reply_with_only_html_and_marks_on_top(app, language):
    table = letters.laid()
    quoted = "".join(f"<div>{html.escape(line)}</div>" for line in table.letter.text.split("\n"))
    body = f"<html><body><p>[3] {html.escape(SAID[language])}</p><blockquote type=cite>{quoted}</blockquote></body></html>"
    letters.arrives(typed(table, body, "utf-8", "base64", "html"), table.address)
    (comment,) = letters.comments()
    assert (comment.paragraph.mark, comment.text) == ("3", SAID[language])


def test_interleaved_outlook_answers_three_paragraphs_at_once(app):
    table = letters.laid()
    inserts = [(line_of(table, mark), f"On {mark}: {SAID['fr']}") for mark in ("2", "7", "14")]
    body = clients.outlook(table.letter.text, inserts, "Chers collègues, merci.", lang="fr")
    letters.arrives(typed(table, body, "windows-1252", "quoted-printable"), table.address)
    found = [(c.paragraph.mark if c.paragraph else "", c.text[:5]) for c in letters.comments()]
    assert found == [("", "Chers"), ("2", "On 2:"), ("7", "On 7:"), ("14", "On 14")]


def test_a_remark_on_a_range_stands_once_on_the_first_and_names_the_range(app):
    table = letters.laid()
    letters.answers(table, "[12-14] Merge these.\n\n[2, 5] Both are vague.")
    assert [(c.paragraph.mark, c.text) for c in letters.comments()] == [("12", "[12-14] Merge these."), ("2", "[2, 5] Both are vague.")]
