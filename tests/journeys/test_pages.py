"""Every page of the example group, as four kinds of people see it: it is there, it is sound, and everybody can use it."""

from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import pages
from tests.journeys.conftest import POSTGRES
from tests.journeys.inside import inside
from tests.journeys.visiting import Visitor

WHO = {
    "officer": "marta.lindqvist@secretariat.example",
    "chair": "k.asante@csir.example",
    "expert": "lucia.fernandez@ambiente.example",
    "visitor": "",
}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
# The links are followed on both databases; how a page looks and what a browser says of it does not depend on which.
LOOKED_AT = pytest.mark.skipif(bool(POSTGRES), reason="pages look the same on both databases: looked at on SQLite")
LOOKS = {"wide": ({}, "lang=en"), "phone": ({"phone": True}, "lang=en"), "Arabic": ({}, "lang=ar")}


@pytest.fixture(scope="module")
def seen(example):
    """All answers that one of the four gets by following links; each walk is made once."""
    return cache(lambda who: Visitor(example, WHO[who]).everything())


@pytest.fixture(scope="module")
def kinds(example, seen):
    """One address for each kind of page that one of the four sees: the first of each view and set of arguments."""

    def of(who: str) -> list[str]:
        found = {}
        with inside(example) as app:
            ways = app.url_map.bind("")
            for answer in seen(who):
                if answer.is_page:
                    path, _, query = answer.path.partition("?")
                    view = ways.match(path)[0]
                    found.setdefault((view, *sorted(part.partition("=")[0] for part in query.split("&"))), answer.path)
        return list(found.values())

    return cache(of)


@pytest.mark.parametrize("who", WHO)
def test_every_link_leads_to_a_sound_page(seen, who):
    answers = seen(who)
    broken = [
        f"{answer.status} {answer.path} (linked from {answer.found_on})" for answer in answers if answer.found_on and answer.status >= 400
    ]
    assert not broken, "\n".join(broken)
    assert not [answer.path for answer in answers if answer.status >= 500]
    assert len(answers) > (100 if who != "visitor" else 5)
    for answer in answers:
        if answer.is_page:
            pages.check(answer.body.decode(), answer.path)


@LOOKED_AT
@pytest.mark.chromium
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("who", WHO)
def test_a_browser_has_nothing_to_complain_about(example, browsing, kinds, who, script):
    reader = browsing(example, script=script)
    if WHO[who]:
        reader.sign_in(WHO[who])
    for path in kinds(who):
        reader.open(path)
        assert reader.page.locator("h1").count() == 1


@LOOKED_AT
@pytest.mark.chromium
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", ["officer", "expert", "visitor"])
def test_no_page_shuts_anybody_out(example, browsing, kinds, who, look):
    more, query = LOOKS[look]
    reader = browsing(example, **more)
    if WHO[who]:
        reader.sign_in(WHO[who])
    wrong = []
    for path in kinds(who):
        reader.open(f"{path}{'&' if '?' in path else '?'}{query}")
        assert reader.page.locator("html").get_attribute("dir") == ("rtl" if look == "Arabic" else "ltr")
        wide = reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{path}: wider than the window by {wide} px"] if wide > 0 else []
        found = Axe().run(reader.page, options=RULES).response["violations"]
        wrong += [f"{path}: {one['id']} {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"][:2]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.chromium
def test_the_keyboard_is_enough(example, browsing, seen):
    reader = browsing(example)
    reader.open("/sign-in")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    assert reader.page.locator(".skip").bounding_box()["height"] > 10
    reader.page.keyboard.press("Enter")
    assert reader.page.url.endswith("#content")
    fill_by_keyboard(reader, {"address": WHO["expert"], "password": "example group 2005"})
    reader.page.locator("a[href='/sign-out']").wait_for()
    reader.open(next(answer.path for answer in seen("expert") if answer.path.endswith("/v/2/p/7")))
    fill_by_keyboard(reader, {"text": "Typed without a mouse."})
    reader.page.get_by_text("Typed without a mouse.").first.wait_for()


def fill_by_keyboard(reader, fields: dict[str, str]) -> None:
    """Go through the page with the tab key alone, typing where there is something to type, and press the form's button."""
    waiting = dict(fields)
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        here = reader.page.evaluate("({name: document.activeElement.name || '', type: document.activeElement.type || ''})")
        if here["name"] in waiting:
            reader.page.keyboard.type(waiting.pop(here["name"]))
        elif here["type"] == "submit" and not waiting:
            reader.page.keyboard.press("Enter")
            return
    raise AssertionError(f"not reached by the tab key: {waiting or 'the button'}")
