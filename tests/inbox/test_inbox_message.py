"""Reading a raw mail: whatever the bytes, people get their text or a clear refusal, and never an accident."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.inbox.charsets import codec, decoded
from consult.inbox.flowed import unfolded
from consult.inbox.html import text_of
from consult.inbox.isolated import Reader
from consult.inbox.message import Read, TooStrange, read

HEAD = (
    b"From: Ada <ada@env.example>\r\nTo: <reply+1@in.example>\r\n"
    b"Subject: Re: Draft\r\nDate: Tue, 06 Oct 2026 10:00:00 +0200\r\nMessage-ID: <m1@env.example>\r\n"
)
MIXED = HEAD + (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n'
    b"--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n"
    b"--b2\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: "
    b"base64\r\n\r\n79TT1dTT1NfJ0Q==\r\n--b2\r\nContent-Type: text/html\r\n\r\n<p>x<b>y\r\n--b2--\r\n"
    b'--b1\r\nContent-Type: application/pdf; name="=?utf-8?q?a=2Fb=0A.pdf?="\r\n'
    b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b1--\r\n"
)


def plain(body, charset="utf-8", more=b""):
    return HEAD + more + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + body


def outcome(raw):
    try:
        found = read(raw)
    except TooStrange as strange:
        assert strange.reason
        return None
    assert isinstance(found, Read)
    assert "\x00" not in found.text and not any("\ud800" <= sign <= "\udfff" for sign in found.text)
    assert not any(ord(sign) < 32 for sign in found.subject + found.sender.name + (found.message_id or ""))
    return found


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(raw):
    outcome(raw)
    outcome(HEAD + raw)
    outcome(MIXED + raw)


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_mail_is_read_or_refused(seed):
    chance = random.Random(seed)
    raw = bytearray(MIXED)
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randrange(4)] = chance.choice(
            [b"\x00", b"\r", b"\n\n", b"=?", b"utf-16", b"idna", bytes([chance.randrange(256)]), raw[at : at + 80]]
        )
    outcome(bytes(raw))


def test_text_files_and_who_when_of_an_ordinary_mail():
    found = read(MIXED)
    assert (found.text, found.html_used, found.subject, found.message_id) == ("Отсутствия", False, "Re: Draft", "<m1@env.example>")
    assert (found.sender.address, found.date) == ("ada@env.example", datetime(2026, 10, 6, 8, tzinfo=UTC))
    assert [(file.name, file.type, file.size) for file in found.attachments] == [("b .pdf", "application/pdf", 4)]


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Мы не согласны с пунктом 12.", "koi8-r", "koi8-r"),
        ("我们反对第12段。", "gb18030", "gb2312"),
        ("我們反對第12段。", "big5", "big5"),
        ("Nous proposons « peut » – où ?", "cp1252", "iso-8859-1"),
        ("نقترح حذف كلمة", "cp1256", "windows-1256"),
        ("제12항에 반대합니다", "cp949", "ks_c_5601-1987"),
        ("我们反对第12段。", "utf-8", "gb2312"),
        ("Où allons-nous ?", "utf-8", "us-ascii"),
        ("第12段に反対", "iso2022_jp", "iso-2022-jp"),
        ("Сторонам следует рассмотреть меры", "cp1251", "x-unknown"),
        ("été", "utf-7", "unicode-1-1-utf-7"),
        ("où", "cp850", "cp-850"),
    ],
)
def test_text_comes_out_right_whatever_charset_the_mail_claims(text, encoding, declared):
    assert read(plain(text.encode(encoding), declared)).text == text


@pytest.mark.parametrize(
    "name",
    [
        "bz2",
        "rot13",
        "idna",
        "mbcs",
        "raw_unicode_escape",
        "unicode_escape",
        "zlib",
        "hex",
        "undefined",
        "punycode",
        "oem",
        "x" * 500,
        "",
        "utf-8\x00",
    ],
)
def test_codecs_that_are_no_charsets_are_never_run(name):
    assert codec(name) is None
    assert decoded("déjà".encode(), name) == "déjà"


def test_broken_transfer_encodings_lose_only_what_is_broken():
    assert read(plain(b"SGVsbG8gd29ybGQ\n!!!!", more=b"Content-Transfer-Encoding: base64\r\n")).text == "Hello world"
    assert read(plain(b"caf=C3=A9 =zz =", more=b"Content-Transfer-Encoding: quoted-printable\r\n")).text.startswith("café =zz")


def test_a_subject_cannot_carry_a_second_header_or_turn_the_line():
    raw = HEAD.replace(b"Re: Draft", b"=?utf-8?q?Hello=0D=0ABcc=3A_x=40evil.example_=E2=80=AE?=") + b"\r\nx"
    assert read(raw).subject == "Hello Bcc: x@evil.example"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"X: " + b"a" * 20_000 + b"\r\n\r\nx",
        HEAD + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 900) for n in range(400)) + b"\r\nx",
        HEAD + b"Cc: " + b", ".join(b"a%d@x.example" % n for n in range(300)) + b"\r\n\r\nx",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 600 + b"--b--",
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000)) + b"\r\nx",
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"x",
    ],
    ids=["long header", "many headers", "many addresses", "many parts", "deep multiparts", "deep messages"],
)
def test_a_mail_that_would_cost_too_much_is_refused_before_it_is_parsed(raw):
    with pytest.raises(TooStrange):
        read(raw)


def test_the_text_of_a_forwarded_whole_mail_is_not_taken_for_the_persons_own():
    found = read(HEAD + b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nsomebody else's words")
    assert found.text == "" and found.attachments[0].type == "message/rfc822"


def test_a_piece_of_a_mail_is_known_as_a_piece():
    assert read(HEAD + b'Content-Type: message/partial; id="x"; number=1; total=2\r\n\r\nx').is_partial


def test_a_very_long_body_is_cut_and_says_so():
    found = read(plain(b"line\n" * 10_000))
    assert found.cut and found.text.count("\n") < 4_000


def test_html_keeps_quotes_lists_and_the_rule_above_copied_headers():
    page = (
        "<style>p{}</style><p>Yes,<br>but</p><ul><li>one<li>two</ul><blockquote>old<blockquote>older</blockquote></blockquote>"
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><b>From:</b> x<br><b>Sent:</b> "
        "y</div><span style='display:none'>tracking</span>"
    )
    assert text_of(page).split("\n") == [
        "Yes,",
        "but",
        "",
        "- one",
        "- two",
        "",
        "> old",
        ">",
        ">> older",
        ">",
        "",
        "_" * 32,
        "From: x",
        "Sent: y",
    ]


@pytest.mark.parametrize("depth", [1, 300, 3000])
def test_no_nesting_of_html_hides_what_was_written(depth):
    assert text_of("<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>").split() == ["deep", "after"]


def test_flowed_lines_become_the_paragraph_that_was_typed():
    assert unfolded("We propose \nto delete it.\n> old \n> line\n-- \nAda") == "We propose to delete it.\n> old line\n-- \nAda"
    assert unfolded("我们反 \n对", delsp=True) == "我们反对"


def test_a_reader_survives_a_mail_that_stops_it():
    with Reader(seconds=20) as reader:
        assert reader.read(plain(b"one")).text == "one"
        with pytest.raises(TooStrange):
            reader.read(HEAD + b"X: " + b"a" * 20_000 + b"\r\n\r\n")
        assert reader.read(plain(b"two")).text == "two"
    with Reader(seconds=0) as hurried, pytest.raises(TooStrange):
        hurried.read(plain(b"three"))
    with Reader(memory=1) as starved, pytest.raises(TooStrange):
        starved.read(plain(b"four\n" * 2_000_000))
