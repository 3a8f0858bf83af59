"""A draft of 500 paragraphs and 1,000 comments on both databases: shown whole, by section, and asked for again when nothing changed."""

import os

from bench import floor, world
from bench.figures import Figure, by_turns, note, tell
from bench.house import POSTGRES, Browser, bare, house, web
from tests import make

PARAGRAPHS, COMMENTS, A_SECTION = 500, 1_000, 20


def measure() -> list[Figure]:
    """Through gunicorn over HTTP, and (for information) inside one process."""
    found = _on("SQLite", "")
    if POSTGRES:
        return found + _on("PostgreSQL", POSTGRES)
    note("PostgreSQL left out: CONSULT_TEST_DATABASE names no server")
    return found


def _on(name: str, database: str) -> list[Figure]:
    with house(database) as (app, env):
        group, officer, people = world.group()
        version = make.published(make.draft(group), world.text(PARAGRAPHS, A_SECTION), by=officer)
        world.discussed(version, officer, people, COMMENTS)
        world.read(version, people[0])
        cookie = world.signed_in(app, people[0])
        address = f"/g/{group.slug}/d/{version.draft.slug}/v/{version.number}"
        with web(env) as ours, bare(env, "bench.floor:page()") as theirs, bare(env, "bench.floor:hello") as least:
            found = _over_http(name, version.id, address, Browser(*ours, cookie), Browser(*theirs), Browser(*least))
        return found + _inside(name, app, env, version.id, address, cookie)


def _over_http(name: str, version: int, address: str, ours: Browser, theirs: Browser, least: Browser) -> list[Figure]:
    whole, bare_whole = f"{address}?show=comments", f"/{version}/whole"
    section, bare_section = f"{address}?section=2", f"/{version}/section/{A_SECTION + 1}/{A_SECTION + 1}"
    etag = ours.get(section).headers["ETag"]
    assert ours.get(section, If_None_Match=etag).status == 304
    sizes = [
        len(browser.get(path).body) / 1000
        for browser, path in ((ours, whole), (theirs, bare_whole), (ours, section), (theirs, bare_section))
    ]
    note("page and floor: whole {:.0f} and {:.0f} kB, by section {:.0f} and {:.0f} kB".format(*sizes))
    a, b = by_turns(40, lambda: ours.get(whole), lambda: theirs.get(bare_whole))
    c, d = by_turns(150, lambda: ours.get(section), lambda: theirs.get(bare_section))
    e, f = by_turns(400, lambda: ours.get(section, If_None_Match=etag), lambda: least.get("/"))
    return [
        tell(Figure(f"{name}, HTTP: 500 paragraphs and 1,000 comments whole, p50", a, "ms", b, most=1.5, bar="≤ 1.5 × bare page")),
        tell(Figure(f"{name}, HTTP: one section of it, p50", c, "ms", d, most=1.5, bar="≤ 1.5 × bare page")),
        tell(Figure(f"{name}, HTTP: asked again, nothing changed (304), p50", e, "ms", f, most=3, bar="≤ 3 × bare hello")),
    ]


def _inside(name: str, app, env: dict, version: int, address: str, cookie: str) -> list[Figure]:
    os.environ |= {key: value for key, value in env.items() if key.startswith("CONSULT_")}
    ours, theirs = app.test_client(use_cookies=False), floor.page().test_client()
    given = {"Cookie": cookie, "Host": "127.0.0.1"}
    a, b = by_turns(15, lambda: ours.get(f"{address}?show=comments", headers=given), lambda: theirs.get(f"/{version}/whole"))
    return [tell(Figure(f"{name}, in process: whole, p50", a, "ms", b, bar=""))]
