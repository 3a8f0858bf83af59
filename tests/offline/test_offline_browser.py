"""The kit in a real browser, from a stick, without any network: read, filled in with the keyboard alone, saved, and sent by mail."""

import io
import json
import random
import zipfile

import pytest

from consult.inbox import desk
from consult.offline import answers, codes, making
from consult.offline.answers import Head, Said
from consult.offline.decoding import decode
from tests import make
from tests.inbox import letters
from tests.inbox.listening import listening, speaking
from tests.journeys.conftest import chromium  # noqa: F401 - the fixture
from tests.offline.test_offline_answers import HOSTILE, WORDS
from tests.offline.test_offline_mail import attached, entered

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def stick(app, tmp_path):
    """Ada's kit, unpacked on a stick."""
    table = letters.laid()
    make.comment(table.round, table.ben, "3", "Ben's <b>remark</b>.")
    make.commit()
    with zipfile.ZipFile(io.BytesIO(making.kit(table.round, table.ada)[1])) as packed:
        packed.extractall(tmp_path / "My stick")
    return table, tmp_path / "My stick" / f"kit-R{table.round.id}"


@pytest.fixture
def page(chromium):  # noqa: F811
    """A browser without a network that hears every complaint and every request."""
    context = chromium.new_context(offline=True, accept_downloads=True, viewport={"width": 390, "height": 844})
    page, faults = context.new_page(), []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
    yield page
    context.close()
    assert not faults, faults


def type_on_with_keys(page, mark: str, words: str) -> None:
    """Go to a paragraph with the tab key alone, open it, and write into the field for comments."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement?.dataset.mark") == mark:
            break
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        page.keyboard.press("Tab")
    page.keyboard.insert_text(words)


def test_read_filled_in_with_keys_saved_and_sent(app, stick, page, tmp_path):
    table, folder = stick
    page.goto((folder / "start.html").as_uri())
    page.get_by_role("link", name="The draft").first.click()
    assert page.get_by_text("Ben's <b>remark</b>.").is_visible()
    page.locator("#p3 a.m").click()
    page.locator("#p3 textarea:focus").wait_for()  # the mark leads to the field of its paragraph
    page.keyboard.insert_text("From the mark.\n\n[9] stays here")
    page.goto((folder / "form.html").as_uri())
    assert page.locator("#p3 textarea").first.input_value() == "From the mark.\n\n[9] stays here", "it was kept"
    type_on_with_keys(page, "2", "Typed with keys.")
    page.locator("#p2 select").select_option("SUB")
    while page.evaluate("document.activeElement.id") != "save":
        page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    saved = waiting.value
    assert saved.suggested_filename == f"comments-R{table.round.id}-{codes.code_of(table.ada.id, table.round.id, 1)}.txt"
    saved.save_as(tmp_path / "saved.txt")
    raw = attached(f"consult@{letters.DOMAIN}", (tmp_path / "saved.txt").read_bytes())
    with listening(app) as port, speaking(port) as server:
        server.sendmail("ada@env.example", [f"consult@{letters.DOMAIN}"], raw)
    assert desk.take_waiting() == 1
    assert entered()[1:] == [
        ("2", "substantive", "Typed with keys.", "", "Ada", "mail"),
        ("3", "general", "From the mark.\n\n[9] stays here", "", "Ada", "mail"),
    ]


def test_what_the_form_writes_is_what_we_write_and_reads_back_exactly(stick, page):
    table, folder = stick
    page.goto((folder / "form.html").as_uri())
    chance = random.Random(20261127)
    pieces = [
        *HOSTILE,
        *(words for pair in WORDS.values() for words in pair),
        "é" * 70,
        "付" * 70,
        "a\u00a0",
        "\u200ex\u202e",
        "😀",
        "tab\tx",
        "x\x85y",
    ]
    marks = ["", *(str(number) for number in range(1, 15))]
    for _ in range(60):
        chosen = chance.sample(marks, chance.randint(1, 6))
        texts = {mark or "*": ["\n".join(chance.choices(pieces, k=chance.randint(0, 4))) for _ in range(2)] for mark in chosen}
        typed = {mark: [chance.choice(["GE", "ED", "SUB"]), *both] for mark, both in texts.items()}
        written = page.evaluate(f"(() => {{ said = {json.dumps(typed)}; return file(); }})()")
        said = [
            Said((mark,) if mark else (), kind, answers.tidy(text), answers.tidy(proposed))
            for mark in marks
            if (mark or "*") in typed
            for kind, text, proposed in [typed[mark or "*"]]
            if answers.tidy(text) or answers.tidy(proposed)
        ]
        head = answers.head(written)
        assert written == answers.write(Head(table.round.id, 1, codes.code_of(table.ada.id, table.round.id, 1), "en", head.saved), said)
        found = answers.read(decode(written.encode()), marks[1:])
        assert found.said == said and not found.changed and not found.short


def test_without_scripts_it_says_what_to_do(chromium, stick):  # noqa: F811
    _, folder = stick
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "form.html").as_uri())
    assert "Fill in form.txt with any editor" in page.locator("body").inner_text()
    context.close()
