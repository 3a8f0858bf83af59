"""A letter as bytes: whatever people typed, it is one letter to one person, with exactly the headers it should have."""

import email
import string
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outbox.checking import check
from consult.outbox.headers import clean
from consult.outbox.writing import Outgoing, body_text, write

WHEN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ALWAYS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Consult-Loop", "MIME-Version",
    "Content-Type",
]  # fmt: skip
LONG_LINK = "<https://consult.example/l/stop/" + "a1" * 90 + ">"
LIST = {
    "List-Id": "Expert group on transfer <experts.in.example>",
    "List-Help": "<https://consult.example/help/mail>, <mailto:consult@in.example?subject=HELP>",
    "List-Unsubscribe": LONG_LINK,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Post": "<mailto:experts@in.example>",
    "List-Owner": "<mailto:consult@in.example>",
    "List-Archive": "<https://consult.example/g/experts/timeline>",
}
SIX = [
    "Expert group on technology transfer",
    "Groupe d’experts sur le transfert de technologie",
    "Grupo de expertos en transferencia de tecnología",
    "Группа экспертов по передаче технологии",
    "技术转让问题专家组",
    "فريق الخبراء المعني بنقل التكنولوجيا",
]
anything = st.one_of(
    st.text(max_size=1200),
    st.text(st.sampled_from('\r\n\0\t \u202e\u2066\u200f\u2028\ud800\U0001f600=?<>@,;:"\\()äя专ع' + string.ascii_letters), max_size=1200),
    st.sampled_from(["Hello\r\nBcc: all@env.example", "=?utf-8?q?Hello=0D=0ABcc:_x?=", "x" * 1500, "\r\n\r\n<p>body", "a " * 900, *SIX]),
)


def letter(**more) -> Outgoing:
    given = {"subject": "Comments wanted", "text": "Please comment.\n", "to_name": "Ada", "from_name": "Experts", "bounce_key": "ab" * 16}
    return Outgoing(
        **{"message_id": "ff00@in.example", "domain": "in.example", "to_address": "ada@env.example", "date": WHEN, **given, **more}
    )


def names(raw: bytes) -> list[str]:
    return [name for name, _ in email.message_from_bytes(raw).raw_items()]


def header(raw: bytes, name: str) -> str:
    return str(make_header(decode_header(email.message_from_bytes(raw)[name].replace("\r\n", ""))))


def test_a_letter_is_readable_as_it_stands():
    raw = write(letter(reply_to="reply+" + "ab" * 16 + "@in.example"))
    assert raw.decode() == (
        "From: Experts <consult@in.example>\r\n"
        "To: Ada <ada@env.example>\r\n"
        f"Reply-To: reply+{'ab' * 16}@in.example\r\n"
        "Subject: Comments wanted\r\n"
        "Date: Mon, 23 Nov 2026 07:00:00 +0000\r\n"
        "Message-ID: <ff00@in.example>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "X-Auto-Response-Suppress: All\r\n"
        "X-Consult-Loop: in.example\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Please comment.\r\n\r\n"
    )


@pytest.mark.parametrize("name", SIX)
def test_names_and_subjects_of_six_scripts_are_read_back(name):
    raw = write(letter(to_name=name, from_name=name, subject=f"{name}: {name}", headers={"List-Id": f"{name} <experts.in.example>"}))
    assert check(raw) == []
    read = email.message_from_bytes(raw, policy=default)
    assert header(raw, "To") == f"{name} <ada@env.example>" and read["To"].addresses[0].addr_spec == "ada@env.example"
    assert header(raw, "From") == f"{name} <consult@in.example>"
    assert read["Subject"] == f"{name}: {name}"
    assert header(raw, "List-Id") == f"{name} <experts.in.example>"
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n") if b"=?" in line)


@given(anything, anything, anything, anything)
def test_nothing_typed_adds_a_header_or_a_recipient(to_name, from_name, subject, text):
    raw = write(letter(to_name=to_name, from_name=from_name, subject=subject, text=text))
    assert check(raw) == []
    assert names(raw) == [*ALWAYS, "Content-Transfer-Encoding"]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    read = email.message_from_bytes(raw)
    assert header(raw, "Subject") == clean(subject, 500)
    assert read.get_payload(decode=True).decode().replace("\r\n", "\n") == body_text(text) + "\n"


@given(anything)
def test_a_name_is_read_back_beside_its_address(name):
    raw = write(letter(to_name=name))
    read = email.message_from_bytes(raw, policy=default)["To"]
    assert [address.addr_spec for address in read.addresses] == ["ada@env.example"]
    assert raw.count(b"\r\nTo: ") == 1


@given(anything, anything)
def test_both_forms_of_a_text_are_read_back(text, html):
    raw = write(letter(text=text, html=html or "<p>x</p>"))
    assert check(raw) == []
    plain, marked = email.message_from_bytes(raw).get_payload()
    assert (plain.get_content_type(), marked.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == body_text(text) + "\n"
    assert marked.get_payload(decode=True).decode().replace("\r\n", "\n") == body_text(html or "<p>x</p>") + "\n"


@given(st.fixed_dictionaries(dict.fromkeys((*LIST, "In-Reply-To", "References"), anything)))
def test_nothing_in_further_headers_adds_another(headers):
    raw = write(letter(headers=headers))
    assert set(names(raw)) <= {*ALWAYS, "Content-Transfer-Encoding", *headers}
    assert len(set(names(raw))) == len(names(raw))
    assert raw.isascii()


def test_headers_that_machines_read_stay_whole_on_one_line():
    before = "<" + "0123456789" * 12 + "@mail.example>"
    raw = write(letter(headers=LIST | {"In-Reply-To": before, "References": f"<1@a.example> {before}"}))
    assert check(raw) == []
    lines = raw.split(b"\r\n")
    for name, value in (LIST | {"In-Reply-To": before, "References": f"<1@a.example> {before}"}).items():
        assert f"{name}: {value}".encode() in lines


def test_a_long_thread_is_folded_between_its_letters_only():
    thread = [f"<{number:0>90}@mail.example>" for number in range(60)]
    raw = write(letter(headers={"References": " ".join(thread)}))
    assert check(raw) == []
    kept = email.message_from_bytes(raw)["References"].split()
    assert kept[0] == thread[0] and kept[1:] == thread[-20:]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Plain words", "7bit"),
        ("x" * 2000, "quoted-printable"),
        ("Déjà vu in an otherwise plain text " * 20, "quoted-printable"),
        ("Группа экспертов " * 20, "base64"),
        ("技术转让问题专家组", "base64"),
    ],
)
def test_a_text_travels_in_its_smallest_form(text, encoding):
    assert email.message_from_bytes(write(letter(text=text)))["Content-Transfer-Encoding"] == encoding


def test_the_same_letter_is_the_same_bytes():
    assert write(letter(html="<p>x")) == write(letter(html="<p>x"))


def test_an_international_domain_is_written_in_ascii():
    assert b"To: Ada <ada@xn--bcher-kva.example>" in write(letter(to_address="ada@bücher.example"))


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@env.example, eve@evil.example", "a@b>\r\nBcc: <x@y", "äda@env.example", "a b@env.example"]
)
def test_an_address_that_cannot_be_written_to_is_found(address):
    assert check(write(letter(to_address=address)))


GOOD = write(letter(headers=LIST))


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace(b"Subject:", b"Bcc: eve@evil.example\r\nSubject:"),
        GOOD.replace(b"Subject:", b"Subject: x\r\nSubject:"),
        GOOD.replace(b"Subject: Comments", b"Subject: Comments\nBcc: x"),
        GOOD.replace(b"Subject: Comments", b"Subject: Comments\rBcc: x"),
        GOOD.replace(b"Subject: Comments", b"Subject: \r\n \r\n Comments"),
        GOOD.replace(b"Subject: Comments wanted\r\n", b""),
        GOOD.replace(b"Subject: Comments", b"Subject: Comm\xc3\xa4nts"),
        GOOD.replace(b"Please", b"Please\0"),
        GOOD.replace(b"Please", b"Please\n"),
        GOOD.replace(b"Please", b"P" * 999),
        GOOD.replace(b"To: Ada <ada@env.example>", b"To: Ada <ada@env.example>, <eve@evil.example>"),
        GOOD.replace(b"To: Ada <ada@env.example>", b"To: undisclosed-recipients:;"),
        GOOD.replace(LONG_LINK.encode(), b"=?utf-8?q?" + LONG_LINK.encode() + b"?="),
    ],
)
def test_bytes_that_are_no_letter_to_one_person_stay_here(bad):
    assert check(GOOD) == []
    assert bad != GOOD and check(bad)
