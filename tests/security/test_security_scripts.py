"""Rows 8 and 15: nothing anybody writes ever runs in anybody's browser. Two walls, each tried alone in a real browser."""

import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from lxml import html
from werkzeug.serving import make_server

from consult.drafts.models import Draft
from consult.extensions import db
from consult.files import actions as files
from consult.outbox.models import Letter
from consult.reach import actions as reach
from consult.review import actions as review
from consult.review.models import Answer, Comment
from consult.tasks import actions as tasks
from tests import make
from tests.inbox import letters as mails
from tests.pages import HANDLER
from tests.security import world
from tests.security.browser import Browser
from tests.security.payloads import ACT, PAYLOADS

# The file of a style sheet is closed when its compressed copy is thrown away, a moment after the browser has it.
UNCLOSED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
LINKS = ("href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "srcdoc", "ping")
FLAGS = ["--no-sandbox", "--disable-gpu"]


# Written past the verbs, which take NUL away before PostgreSQL would refuse it.
WRITABLE = [payload.replace("\x00", "") for payload in PAYLOADS]


def joined(number: int, limit: int) -> str:
    """As many payloads, from that one on, as fit the field: a page shows all of them somewhere."""
    text = ""
    for payload in WRITABLE[number:] + WRITABLE[:number]:
        if len(text) + len(payload) + 1 > limit:
            break
        text += payload + " "
    return text.strip() or WRITABLE[number][:limit]


@pytest.fixture
def nest(app):
    """A group in which every word anybody can write is hostile."""
    bad = iter(range(0, 10_000, 3))

    def next_one(limit: int) -> str:
        return joined(next(bad) % len(WRITABLE), limit)

    group = make.group("nest", name=next_one(280), short=next_one(40), mandate=next_one(480), terms="\n\n".join(WRITABLE))
    officer = make.member(group, make.person(next_one(190), "officer@env.example"), "officer")
    member = make.member(group, make.person(next_one(190), "member@env.example"))
    member.organization = _organization(next_one(190))
    draft = make.draft(group, next_one(280), symbol=next_one(75), by=officer)
    text = "\n\n".join(f"{number}. {payload}" for number, payload in enumerate(WRITABLE, 1))
    version = make.prepared(draft, text, officer)
    version.file_id = files.keep(f"<script>{ACT}</script>".encode(), "x.html").id
    make.drafts.publish(version, note=next_one(3000), by=officer, door="page")
    opened = make.round(version, by=officer, title=next_one(290), guidance="\n\n".join(WRITABLE))
    said = [
        make.comment(
            opened, member, "1", payload, proposed=payload, on_behalf_of=payload[:190], quote=_quote(version, payload) if not n else ""
        )
        for n, payload in enumerate(WRITABLE)
    ]
    review.edit(said[0], text="\n\n".join(WRITABLE), type="general", proposed="\n".join(WRITABLE), by=member, door="page")
    for payload in WRITABLE:
        review.answer(said[0], payload, by=officer, door="page")
    review.respond(said[0], "noted", "\n".join(WRITABLE), turn=0, by=officer, door="page")
    review.extend(opened, opened.closes_at + make.timedelta(days=1), next_one(480), by=officer, door="page")
    make.prepared(draft, text.replace("window", "top.window"), officer).note = next_one(3000)
    for who in (officer, member):
        said_of = {"note": next_one(950), "post": next_one(480), "phone": f"12345 {next_one(70)}", "fax": f"12345 {next_one(70)}"}
        reach.answer(who, said_of, by=officer, door="fax")
    task = tasks.raise_task("other", group_id=group.id, what=next_one(480), by=officer, door="page")
    tasks.settle(task, next_one(480), by=officer, door="page")
    tasks.raise_task("telephone", group_id=group.id, person=member, name=member.name, since=next_one(90), number=next_one(70))
    make.commit()
    _mail(group, opened, next_one)
    make.commit()
    return opened


def _organization(name: str):
    from consult.people.models import Organization

    return Organization(name=name, kind="party")


def _quote(version, payload: str) -> str:
    return version.paragraphs[0].text[:40]


def _mail(group, opened, next_one) -> None:
    for number in range(0, len(WRITABLE), 12):
        body = "\n\n".join(WRITABLE[number : number + 12])
        sender = f'"{WRITABLE[number]}" <x@out.example>'.replace("\n", " ").replace("\x00", "").replace("\x01", "")
        subject = " ".join(WRITABLE[number + 1].replace("\x00", "").split())
        raw = mails.mail(f"nest@{mails.DOMAIN}", body, sender=sender, subject=subject, name=f"m{number}")
        arrival = mails.arrives(raw, f"nest@{mails.DOMAIN}", "x@out.example")
        arrival = db.session.get(type(arrival), arrival.id)
        arrival.group_id, arrival.round_id, arrival.state, arrival.reason = group.id, opened.id, "held", next_one(400)
    db.session.add(Letter(
        message_id="x@in.consult.test", kind="digest", group_id=group.id, to_address="member@env.example", to_name=next_one(190), subject=next_one(490),
        text="\n\n".join(WRITABLE), bounce_key="b" * 32, created_at=make.clock.now(), not_before=make.clock.now(), state="failed", answer=next_one(480),
    ))  # fmt: skip


def pages_of(app, opened) -> list[str]:
    """Every page that shows what somebody wrote."""
    draft = f"/g/nest/d/{db.session.scalar(db.select(Draft.slug))}"
    here = f"/g/nest/r/{opened.id}"
    arrivals = [f"/desk/{number}" for number in db.session.scalars(db.text("SELECT id FROM arrival"))]
    letter = db.session.scalar(db.select(Letter.id).where(Letter.message_id == "x@in.consult.test"))
    return [
        "/", "/g/nest/", "/g/nest/members", "/g/nest/timeline", "/people", "/me", "/g/nest/letters", f"/g/nest/letters/{letter}", "/desk", *arrivals, arrivals[0] + "/again", "/desk?words=" + WRITABLE[0].replace("<", "%3C"),
        f"{draft}/", f"{draft}/v/1", f"{draft}/v/1?show=text", f"{draft}/v/1?show=comments", f"{draft}/v/1/p/1", f"{draft}/v/1/p/whole", f"{draft}/upload", f"{draft}/v/2/prepare",
        f"{draft}/v/2/prepare?at=1", f"{draft}/v/2/diff/1?show=all", f"{draft}/v/2/diff/1?show=all&page=2", f"{draft}/v/1/round", f"{draft}/v/2/delete", here, f"{here}/comments", f"{here}/comments?page=2",
        f"{here}/c/1", f"{here}/c/2", f"{here}/c/1/edit", "/people?q=" + WRITABLE[0].replace("<", "%3C"), "/sign-in?next=%22%3E%3Cscript%3E" + ACT,
    ]  # fmt: skip


def harm_in(text: str) -> list[str]:
    """What in a page could run: elements, handlers, styles, addresses that act."""
    tree = html.fromstring(text)
    found = [
        f"<{element.tag}>"
        for element in tree.iter("style", "iframe", "object", "embed", "base", "svg", "math", "template", "video", "audio", "frame")
    ]
    found += [f"script: {element.text}" for element in tree.iter("script") if not (element.get("src") or "").startswith("/static/")]
    for element in tree.iter():
        for name, value in getattr(element, "attrib", {}).items():
            squeezed = "".join(value.split()).lower()
            if HANDLER.match(name) or name == "style" or name in LINKS and squeezed.startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"{element.tag} {name}={value[:60]}")
        if element.tag == "meta" and element.get("http-equiv"):
            found.append("meta")
        if element.tag == "img" and not (element.get("src") or "").startswith("/static/"):
            found.append("img")
    return found


def staff_of(app, opened) -> Browser:
    group = db.session.get(make.Group, opened.group_id)
    return Browser(app, make.member(group, make.person("Staff", staff=True), "officer"))


def test_there_are_enough_ways(app):
    assert len(WRITABLE) == len(set(WRITABLE)) and len(WRITABLE) >= 150


def test_no_page_holds_anything_that_could_run(app, nest):
    browser, seen = staff_of(app, nest), ""
    for url in pages_of(app, nest):
        answer, _ = browser.ask("GET", url)
        assert answer.status_code == 200, f"{url}: {answer.status}"
        text = answer.get_data(as_text=True)
        assert not harm_in(text), f"{url}: {harm_in(text)[:5]}"
        seen += text
    assert "&lt;script&gt;" in seen and seen.count("__pwned") > 1000, "the payloads are really shown"


def test_templates_call_only_our_own_words_translated(app):
    """`_()` in a template makes markup of what it is given: a sentence with somebody's words in it goes through the filter `told`."""
    tables = "states|row_states|hows|fields|roles|kinds|rhythms|places|type_names|sorts|late_words"  # of our own sentences, in rules and templates
    titles = r"template\.title|templates\[[a-z.]+\]\.title|means, quorum=poll\.quorum"
    own = re.compile(rf"(name|word|meaning|t|row\.sentence|{titles}|({tables})\[[a-z._]+\])$")
    for path in (Path(app.root_path) / "templates").rglob("*.html"):
        for called in re.findall(r"""(?<![A-Za-z])_\(([^"')][^)]*)\)""", path.read_text()):
            assert own.match(called), f"{path.name}: _({called})"


def test_what_was_typed_badly_comes_back_harmless(app, nest):
    browser = staff_of(app, nest)
    token, forms = browser.token(), {}
    for rule, url, _ in world.addresses(app, _room(nest)):
        if "POST" in rule.methods:
            forms[url] = dict.fromkeys(
                (
                    "title",
                    "text",
                    "name",
                    "address",
                    "note",
                    "guidance",
                    "closes",
                    "reason",
                    "response",
                    "answer",
                    "proposed",
                    "quote",
                    "slug",
                    "zone",
                    "mark",
                    "person",
                    "symbol",
                    "number",
                )
            )
    for number, (url, fields) in enumerate(forms.items()):
        for token_sent in (token, "wrong"):
            data = {field: joined(number % len(WRITABLE), 3000) for field in fields} | {"csrf_token": token_sent}
            answer, _ = browser.ask("POST", url, data=data)
            if answer.mimetype == "text/html" and answer.status_code != 303:
                assert not harm_in(answer.get_data(as_text=True)), f"{url}: {answer.status}"


def _room(opened) -> world.Room:
    group = db.session.get(make.Group, opened.group_id)
    member = opened.invitations[0].person
    seat = world._seat(group, member)
    arrival, letter = db.session.scalar(db.text("SELECT min(id) FROM arrival")), db.session.scalar(db.select(Letter.id).limit(1))
    return world.Room(group, {"member": member}, db.session.scalar(db.select(Draft.slug)), opened.id, letter, arrival, seat, 1, 1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "x.html",
        "x.svg",
        "x.xml",
        "x.pdf",
        'x".html',
        "x\r\nSet-Cookie: a=b.html",
        "../../x.html",
        "x.html\x00.txt",
        "ужас.html",
        "x" * 400 + ".html",
        "<script>.html",
    ],
)
def test_a_kept_file_is_only_ever_saved(app, name):
    group = make.group()
    version = make.published(make.draft(group))
    version.file_id = files.keep(f"<script>{ACT}</script>".encode(), name).id
    browser = Browser(app, make.officer(group))
    answer, _ = browser.ask("GET", f"/g/experts/d/{version.draft.slug}/v/1/file")
    assert answer.status_code == 200 and answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;") and ".." not in answer.headers["Content-Disposition"]
    assert (
        answer.headers["X-Content-Type-Options"] == "nosniff"
        and "Set-Cookie" not in answer.headers.get("Content-Disposition").partition("\n")[2]
    )
    assert answer.headers["Content-Security-Policy"].startswith("sandbox") and len(answer.headers.getlist("Content-Security-Policy")) == 1
    assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"]


@pytest.fixture(scope="module")
def chromium():
    """A real browser."""
    program = shutil.which("chromium")
    if not program:
        assert os.environ.get("CI") != "true", "Chromium must be here when CI=true"
        pytest.skip("needs Chromium (Debian package chromium), which is not here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(app):
    """The application at a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    app.config.update(SERVER_NAME=f"127.0.0.1:{server.port}", TRUSTED_HOSTS=["127.0.0.1"])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def without_policy(route) -> None:
    """The page as it would be if the wall of the content policy were not there."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "content-security-policy"})


def visit(chromium, base: str, cookie: tuple[str, str], urls: list[str], *, policy: bool) -> tuple[list[str], list[str]]:
    """The pages on which something ran, and what the policy had to stop."""
    context = chromium.new_context()
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": base}])
    page, ran, stopped = context.new_page(), [], []
    page.on("console", lambda said: stopped.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("dialog", lambda dialog: dialog.dismiss())
    if not policy:
        page.route("**/*", without_policy)
    for url in urls:
        page.goto(base + url, wait_until="load")
        page.mouse.move(200, 200)
        for element in page.query_selector_all("main a[href^='javascript' i], main [onmouseover], main button[formaction]"):
            element.dispatch_event("click")
        if page.evaluate("window.__pwned || (window.top && window.top.__pwned)"):
            ran.append(url)
    context.close()
    return ran, stopped


@UNCLOSED
@pytest.mark.chromium
def test_nothing_runs_when_the_content_policy_is_gone(app, nest, served, chromium):
    browser = staff_of(app, nest)
    cookie = (app.config["SIGN_IN_COOKIE"], browser_secret(app, browser))
    ran, _ = visit(chromium, served, cookie, pages_of(app, nest), policy=False)
    assert not ran


@UNCLOSED
@pytest.mark.chromium
def test_nothing_runs_when_the_sanitiser_has_failed(app, nest, served, chromium):
    """Hostile HTML lies in the columns that are shown as they are."""
    whole = "".join(WRITABLE[:30]) + "".join(
        f"<div>{payload}</div>" for payload in WRITABLE if "plaintext" not in payload and "<!--" not in payload
    )
    db.session.execute(db.update(Comment).values(html=whole))
    db.session.execute(db.update(Answer).values(html=whole))
    browser = staff_of(app, nest)
    cookie = (app.config["SIGN_IN_COOKIE"], browser_secret(app, browser))
    shown = [url for url in pages_of(app, nest) if "/c/" in url or "/p/" in url or "show=comments" in url]
    assert visit(chromium, served, cookie, shown, policy=False)[0], "the oracle sees a script that runs"
    ran, stopped = visit(chromium, served, cookie, shown, policy=True)
    assert not ran and stopped


@UNCLOSED
@pytest.mark.chromium
def test_the_policy_has_nothing_to_stop_on_our_own_pages(app, nest, served, chromium):
    browser = staff_of(app, nest)
    cookie = (app.config["SIGN_IN_COOKIE"], browser_secret(app, browser))
    ran, stopped = visit(
        chromium, served, cookie, [*pages_of(app, nest), "/help/roles", "/help/mail", "/sign-out", "/nothing"], policy=True
    )
    assert not ran and not stopped


def browser_secret(app, browser: Browser) -> str:
    """The cookie of somebody signed in, for the real browser."""
    make.commit()
    return browser.client.get_cookie(app.config["SIGN_IN_COOKIE"], domain=app.config["SERVER_NAME"].partition(":")[0]).value
