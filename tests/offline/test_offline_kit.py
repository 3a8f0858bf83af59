"""The kit: small, whole, the same whenever nothing has changed, nothing fetched from anywhere, and only what its person may read."""

import gzip
import hashlib
import io
import re
import zipfile

import pytest
from lxml import html

from consult.errors import Refused
from consult.offline import answers, codes, making
from consult.offline.answers import Head
from consult.review import reviewers
from tests import make
from tests.alerts.post import TEXT
from tests.security.payloads import PAYLOADS

REMOTE = re.compile(r"(?:https?:)?//|\burl\(|@import|\bfetch\b|XMLHttpRequest|\bimport\b", re.IGNORECASE)
PAGES = ("start.html", "draft.html", "form.html")


def opened(data: bytes) -> dict[str, str]:
    """The files of a kit by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {each.filename.rpartition("/")[2]: packed.read(each).decode() for each in packed.infolist()}


@pytest.fixture
def table(app):
    """A round with Ada, who is asked, and Ben, who has said something."""
    group = make.group("experts", name="Expert Group")
    ada, ben = make.member(group, make.person("Ada", zone="Africa/Nairobi")), make.member(group, make.person("Ben"))
    on = make.round(make.published(make.draft(group), TEXT))
    said = make.comment(on, ben, "2", "What does <b>second</b> mean?", proposed="The other paragraph:")
    make.review.answer(said, "It means after the first.", by=ada, door="page")
    make.review.respond(said, "accepted", "Clarified.", turn=0, by=make.officer(group), door="page")
    make.commit()
    return on, ada, ben


def test_it_holds_the_draft_with_what_was_said_and_a_form_for_every_paragraph(table):
    on, ada, _ = table
    name, data = making.kit(on, ada)
    held = opened(data)
    assert (
        sorted(held) == sorted([*PAGES, "form.txt", "README.txt", "MANIFEST.txt"])
        and name == f"kit-R{on.id}-{codes.code_of(ada.id, on.id, 1)}.zip"
    )
    draft = " ".join(html.fromstring(held["draft.html"]).text_content().split())
    for words in (
        "The first paragraph.",
        "What does <b>second</b> mean?",
        "The other paragraph:",
        "It means after the first.",
        "Clarified.",
    ):
        assert words in draft
    form = html.fromstring(held["form.html"])
    assert form.xpath("//details/@data-mark") == ["*", "h1", "1", "2", "2(a)", "2(b)", "3"]
    assert "time" in held["start.html"] and "Nairobi" in held["start.html"] and "UTC" in held["start.html"]
    assert "> [2(a)]" in held["form.txt"] and held["form.txt"].count("\n") == held["form.txt"].count("\r\n")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_the_form_as_text_reads_back_in_every_language(table, language):
    on, ada, _ = table
    ada.language = language
    blocks = making.form_text(on, ada).split("\r\n\r\n")
    marks = ["h1", "1", "2", "2(a)", "2(b)", "3"]
    assert not answers.read("\n\n".join(blocks), marks).said, "nothing is said in an empty form"
    at = next(number for number, block in enumerate(blocks) if "[2(a)]" in block)
    filled = "\r\n\r\n".join([*blocks[: at + 1], "TE: Why?\r\n\r\nAnd when?", *blocks[at + 1 :]])
    found = answers.read(filled, marks)
    assert found.said == [answers.Said(("2(a)",), "TE", "Why?\n\nAnd when?")]
    assert found.head.language == language and codes.person_of(found.head) == ada.id


def test_nothing_in_it_is_fetched_from_anywhere_and_each_page_says_so_itself(table):
    on, ada, _ = table
    held = opened(making.kit(on, ada)[1])
    for name in PAGES:
        page = html.fromstring(held[name])
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        addresses = {each.partition("#")[0] for each in page.xpath("//@href | //@src | //@action")}
        assert addresses <= {*PAGES, ""}, addresses
        assert not REMOTE.search(held[name]), REMOTE.search(held[name])
        assert not page.xpath("//*[@style or @onclick or @onload]")


def test_nothing_that_anybody_wrote_can_run_in_it(app):
    group = make.group("experts", name="<img src=x onerror=alert(1)>")
    ada = make.member(group, make.person('"><script>alert(1)</script>'))
    written = [payload.replace("\x00", "") for payload in PAYLOADS]
    text = "\n\n".join(f"{number}. {payload}" for number, payload in enumerate(written, 1))
    on = make.round(make.published(make.draft(group, written[0][:280]), text), title=written[1][:280], guidance="\n".join(written))
    for payload in written:
        make.comment(on, ada, "1", payload, proposed=payload)
    held = opened(making.kit(on, ada)[1])
    for name in PAGES:
        page = html.fromstring(held[name])
        assert len(page.xpath("//script")) == (name == "form.html") and len(page.xpath("//style")) == 1
        assert not page.xpath("//img | //iframe | //object | //embed | //base | //svg | //math | //video | //audio | //link")
        for element in page.iter():
            names = set(element.attrib)
            assert not [each for each in names if each.startswith("on")] and "style" not in names, element.attrib
            assert not element.get("href", "").lower().startswith(("javascript:", "data:", "vbscript:", "//", "http"))
    assert "&lt;script&gt;" in held["draft.html"]


def test_the_same_is_made_of_the_same_and_any_change_is_found(table):
    on, ada, _ = table
    _, data = making.kit(on, ada)
    assert making.kit(on, ada)[1] == data
    codes.check_kit(data)
    held = opened(data)
    for name in held:
        changed = {each: (text.replace("e", "3", 1) if each == name else text).encode() for each, text in held.items()}
        with pytest.raises(Refused) as refused:
            codes.check_kit(making._packed("kit", changed))
        assert name in str(refused.value)
    more = {name: text.encode() for name, text in held.items()}
    with pytest.raises(Refused):
        codes.check_kit(making._packed("kit", more | {"evil.html": b"x"}))
    with pytest.raises(Refused):
        codes.check_kit(making._packed("kit", {name: text for name, text in more.items() if name != "form.txt"}))
    for broken in (b"", b"PK\3\4", data[:200], data[:-30]):
        with pytest.raises(Refused):
            codes.check_kit(broken)


def test_a_code_names_one_person_in_one_round(table):
    on, ada, ben = table
    head = Head(on.id, 1, codes.code_of(ada.id, on.id, 1))
    assert codes.person_of(head) == ada.id
    last = "a" if head.code[-1] != "a" else "b"
    stolen = head.code.replace(f"{ada.id}-", f"{ben.id}-")
    wrong_codes = [Head(on.id, 1, code) for code in ("", stolen, head.code[:-1] + last)]
    for wrong in [Head(on.id + 1, 1, head.code), Head(on.id, 2, head.code), *wrong_codes]:
        with pytest.raises(Refused):
            codes.person_of(wrong)


def test_nobody_takes_along_what_they_may_not_read(app, table):
    on, ada, _ = table
    stranger = make.member(make.group("others"), make.person("Zoe"))
    with pytest.raises(Refused):
        making.kit(on, stranger)
    guest = make.person("Guest", "guest@out.example")
    invited = reviewers.invite_reviewer(on, guest, by=make.officer(on.version.draft.group), door="page")
    with pytest.raises(Refused):
        making.kit(on, guest)
    reviewers.accept_terms(invited, by=guest, door="page")
    make.comment(on, guest, "1", "A remark from outside.")
    draft = opened(making.kit(on, guest)[1])["draft.html"]
    assert "The first paragraph." in draft and "A remark from outside." in draft
    assert "What does" not in draft and "Ben" not in draft, "a guest reads their own comments only, as on the page"


def test_it_is_small(app):
    group = make.group("experts")
    ada = make.member(group, make.person("Ada"))
    vocabulary = [hashlib.md5(str(n).encode(), usedforsecurity=False).hexdigest()[: 3 + n % 8] for n in range(1200)]
    text = "\n\n".join(f"{n}. " + " ".join(vocabulary[(n * 131 + k * k) % 1200] for k in range(75)) + "." for n in range(1, 161))
    on = make.round(make.published(make.draft(group), text))
    _, data = making.kit(on, ada)
    budget = 1.3 * len(gzip.compress(text.encode(), 9)) + 15_000
    assert len(data) <= budget
