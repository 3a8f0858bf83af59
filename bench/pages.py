"""A draft of 500 paragraphs and 1,000 comments on both databases: shown whole, by section, and asked for again when nothing changed."""

import os

from bench import floor, world
from bench.figures import Figure, by_turns, note, tell
from bench.house import POSTGRES, Browser, bare, cpu, house, web
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
            found = _over_http(name, version.id, address, Browser(*ours, cookie=cookie), Browser(*theirs), Browser(*least))
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
    return [
        *_against(f"{name}: 500 paragraphs and 1,000 comments whole", 30, (ours, whole, {}), (theirs, bare_whole, {}), 1.5, "bare page"),
        *_against(f"{name}: one section of it", 150, (ours, section, {}), (theirs, bare_section, {}), 1.5, "bare page"),
        *_against(
            f"{name}: asked again, nothing changed (304)", 400, (ours, section, {"If_None_Match": etag}), (least, "/", {}), 3, "hello"
        ),
    ]


def _against(what: str, repeats: int, ours: tuple, theirs: tuple, most: float, name: str) -> list[Figure]:
    """Time as a reader has it, and (steadier on a busy machine) the work the server had with it."""
    works = [lambda it=it: it[0].get(it[1], **it[2]) for it in (ours, theirs)]
    before = [cpu(it[0].pid) for it in (ours, theirs)]
    times = by_turns(repeats, *works)
    work = [(cpu(it[0].pid) - was) / (repeats + 2) for it, was in zip((ours, theirs), before, strict=True)]
    return [
        tell(Figure(f"{what}, p50 over HTTP", times[0], "ms", times[1], most=most, bar=f"≤ {most} × {name}")),
        tell(Figure(f"{what}, work of the server", work[0], "ms CPU", work[1], bar="")),
    ]


def _inside(name: str, app, env: dict, version: int, address: str, cookie: str) -> list[Figure]:
    os.environ |= {key: value for key, value in env.items() if key.startswith("CONSULT_")}
    ours, theirs = app.test_client(use_cookies=False), floor.page().test_client()
    given = {"Cookie": cookie, "Host": "127.0.0.1"}
    a, b = by_turns(15, lambda: ours.get(f"{address}?show=comments", headers=given), lambda: theirs.get(f"/{version}/whole"))
    return [tell(Figure(f"{name}, in process: whole, p50", a, "ms", b, bar=""))]
