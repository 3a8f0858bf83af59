"""Who a mail is from: one plain address, or nobody."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.inbox.headers import headers
from consult.inbox.sender import sender
from consult.inbox.trust import verdict

NOW = datetime(2026, 10, 7, tzinfo=UTC)
OURS = "mx.consult.example.int"


def of(value):
    return sender(headers(b"From: " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n\r\n"))


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        ("ada@env.example", "ada@env.example", ""),
        ("<ada@env.example>", "ada@env.example", ""),
        ("Ada Byron <ada@ENV.example>", "ada@env.example", "Ada Byron"),
        ('"Byron, Ada \\"the\\" first" <ada@env.example>', "ada@env.example", 'Byron, Ada "the" first'),
        ("Dr. A. Byron <ada@env.example>", "ada@env.example", "Dr. A. Byron"),
        ("=?utf-8?b?5p2O5Lyf?= <li.wei@env.example>", "li.wei@env.example", "李伟"),
        ('"李伟" <li.wei@env.example>', "li.wei@env.example", "李伟"),
        ("=?koi8-r?Q?=E1?= =?koi8-r?Q?=C2?= <ada@env.example>", "ada@env.example", "Аб"),
        ('"ada@env.example" <ada@env.example>', "ada@env.example", "ada@env.example"),
    ],
)
def test_an_ordinary_from_line_names_its_sender(value, address, name):
    found = of(value)
    assert (found.address, found.name, found.defects) == (address, name, ())


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Ada",
        "a@env.example <x@evil.example>",
        "a@env.example)<x@evil.example>",
        "a@env.example, x@evil.example",
        "<x@evil.example>, Ada <a@env.example>",
        '"a@env.example," <x@evil.example>',
        "=?utf-8?q?a=40env=2Eexample=2C?= <x@evil.example>",
        "<@env.example,@relay.example:x@evil.example>",
        "Ada <a@еnv.example>",
        '"\u202e Ada" <a@env.example>',
        "Ada (a comment) <a@env.example>",
        "a@env.example (Ada)",
        "Ada <a@env.example> trailing",
        "group: a@env.example;",
        "Ada <=?utf-8?q?a?=@env.example>",
        "=?utf-8?q?a?=@env.example",
        "<a@env.example",
        "a@env.example>",
        "Ada <a@@env.example>",
        "Ada <a b@env.example>",
        'Ada <"a b"@env.example>',
        "Ada <a@[127.0.0.1]>",
        "Ada <a@env..example>",
        "Ada <.a@env.example>",
        "Ada\rBcc: x@evil.example <a@env.example>",
        "<a@env.example><x@evil.example>",
        b"\xff <a@env.example>",
        "a@env.example\u200b <x@evil.example>",
        "＠env <x@evil.example>",
        "=?utf-8?q?Ada?=<x@evil.example>, <a@env.example>",
    ],
)
def test_a_from_line_that_can_be_read_in_two_ways_names_nobody(value):
    found = of(value)
    assert found.address is None and found.defects


def test_two_from_lines_or_none_name_nobody():
    assert sender(headers(b"From: a@env.example\r\nFrom: b@env.example\r\n\r\n")).address is None
    assert sender(headers(b"To: a@env.example\r\n\r\n")).address is None


@given(
    st.lists(
        st.sampled_from(
            [
                "a@env.example",
                "x@evil.example",
                "<",
                ">",
                ",",
                '"',
                "\\",
                "(",
                ")",
                ";",
                ":",
                " ",
                "=?utf-8?q?a=40env.example?=",
                "Ada",
                "@",
                "\u202e",
                "é",
                "\r",
                "\t",
                "=",
            ]
        ),
        max_size=9,
    )
)
@settings(max_examples=1500, deadline=None)
def test_whoever_is_named_is_the_last_thing_in_the_line_and_nothing_else_is_an_address(parts):
    value = "".join(parts)
    found = of(value)
    if found.address:
        bare = value.strip(" \t\r").lower()
        assert bare in (found.address.lower(), f"<{found.address.lower()}>") or bare.endswith(f"<{found.address.lower()}>")
        outside = bare.removesuffix(f"<{found.address.lower()}>").removesuffix(found.address.lower())
        assert "@" not in outside or '"' in outside
        assert not found.defects and "\u202e" not in found.name


def trust(*fields, domain="env.example", server=OURS, to=None):
    return verdict(headers("\r\n".join([*fields, "", ""]).encode()), domain, server, to, NOW).level


def results(text, server=OURS):
    return f"Authentication-Results: {server}; {text}"


def test_only_our_own_receiving_server_on_top_is_believed():
    good = results("dmarc=pass header.from=env.example")
    assert trust(good) == "verified"
    assert trust("Received: from x by " + OURS, good) == "unverified"
    assert trust(results("dmarc=fail header.from=env.example"), good) == "failed"
    assert trust(results("dmarc=pass header.from=env.example", OURS + ".evil.example")) == "unverified"
    assert trust(results("dmarc=pass header.from=evil.example")) == "unverified"
    assert trust(good, domain=None) == "unverified"
    assert trust(good, server=None) == "unverified"
    assert trust("Authentication-Results: spf=pass smtp.mailfrom=env.example") == "unverified"
    assert trust("Authentication-Results: \x00;;;=") == "unverified"


def test_spf_or_dkim_count_only_for_the_senders_domain():
    assert trust(results("spf=pass smtp.mailfrom=bounces@env.example")) == "verified"
    assert trust(results("dkim=pass header.d=env.example"), domain="mail.env.example") == "verified"
    assert trust(results("dkim=pass header.d=mail.env.example")) == "unverified"
    assert trust(results("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example")) == "unverified"
    assert trust(results("spf=fail smtp.mailfrom=env.example")) == "unverified"


@pytest.mark.parametrize(
    ("signature", "level"),
    [
        ("v=1; d=env.example; h=from:to:subject:date; b=x", "verified"),
        ("v=1; d=env.example; h=from:date; b=x", "unverified"),
        ("v=1; d=env.example; h=from:to:subject; l=20; b=x", "unverified"),
        ("v=1; d=env.example; h=from:to:subject; x=1500000000; b=x", "unverified"),
        ("v=1; d=env.example; h=from:to:subject; t=1500000000; b=x", "unverified"),
    ],
)
def test_a_signature_that_could_be_an_old_one_used_again_is_not_enough(signature, level):
    good = results("dmarc=pass header.from=env.example; dkim=pass header.d=env.example")
    assert trust(good, "To: <reply+1@in.example>", "DKIM-Signature: " + signature, to="reply+1@in.example") == level
    assert trust(good, "To: <reply+2@in.example>", "DKIM-Signature: " + signature, to="reply+1@in.example") == "unverified"


def test_fields_and_signatures_set_above_a_signed_mail_do_not_make_it_a_new_one():
    passed, now = results("dmarc=pass header.from=env.example; dkim=pass header.d=env.example"), int(NOW.timestamp())
    signed, old = (f"DKIM-Signature: v=1; d=env.example; t={t}; h={h}; b=x" for t, h in ((now, "from:to:subject"), (1500000000, "from")))
    said, above = ["To: list@else.example", "Subject: Agreed"], ["To: consult@in.example", "Subject: CLOSE R3"]
    assert trust(passed, signed, *above, to="consult@in.example") == "verified"
    assert trust(passed, *above, signed, *said, to="consult@in.example") == "unverified"
    assert trust(passed, signed, old, *above, to="consult@in.example") == "unverified"
