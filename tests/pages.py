"""A visitor with a browser's eye: every page it gets is checked for what every page owes its reader."""

import re
from collections import Counter

import html5lib
from lxml import html as lxml_html

from consult.extensions import db
from consult.people import sessions
from consult.web.headers import ALWAYS

HANDLER = re.compile(r"^on[a-z]+$")
UNLABELLED = {"hidden", "submit", "button"}


class Pages:
    """Opens pages as one person in one browser. `page` is the last answer, `tree` its elements."""

    def __init__(self, app) -> None:
        self.app = app
        self.client = app.test_client()
        self.page = None
        self.tree = None
        self.url = ""

    def get(self, url: str, expect: int = 200, **more):
        """Open an address; the answer must have that status and be a sound page."""
        return self._open("GET", url, expect, **more)

    def post(self, url: str, data: dict | None = None, expect: int = 303, page: str = "", follow: bool = False, **more):
        """Send a form. Its token is taken from `page` (the address of the page with the form; by default the last page, or `url`)."""
        data = dict(data or {})
        if "csrf_token" not in data:
            data["csrf_token"] = self.token(page or url)
        answer = self._open("POST", url, expect, data=data, **more)
        return self.get(answer.location) if follow and answer.location else answer

    def token(self, url: str) -> str:
        """The token of a form on the last page, or of one on the page at `url`."""
        fields = self.select("//input[@name='csrf_token']/@value") if self.tree is not None else []
        if not fields:
            self.get(url)
            fields = self.select("//input[@name='csrf_token']/@value")
        return fields[0] if fields else ""

    def select(self, xpath: str) -> list:
        """What the last page has at that XPath."""
        return self.tree.xpath(xpath)

    @property
    def text(self) -> str:
        """What the last page says, without its markup and with single spaces."""
        return " ".join(" ".join(self.tree.itertext()).split())

    def sign_in(self, person) -> None:
        """Be that person from now on, as after a good sign-in."""
        secret = sessions.begin(person)
        db.session.commit()
        host = self.app.config["SERVER_NAME"].partition(":")[0]
        self.client.set_cookie(self.app.config["SIGN_IN_COOKIE"], secret, domain=host)
        self.tree = None

    def _open(self, method: str, url: str, expect: int, **more):
        # Each request gets an application context of its own, as it would in a server; what the test made is kept first.
        db.session.commit()
        with self.app.app_context():
            answer = self.client.open(url, method=method, buffered=True, **more)
        db.session.expire_all()
        self.page, self.url = answer, url
        is_page = answer.mimetype == "text/html" and answer.data and not answer.content_encoding
        self.tree = lxml_html.fromstring(answer.get_data(as_text=True)) if is_page else None
        assert answer.status_code == expect, (
            f"{method} {url} answered {answer.status_code}, not {expect}: {self.text[:600] if is_page else answer.data[:300]}"
        )
        check_headers(answer)
        if is_page and not 300 <= answer.status_code < 400:
            check(answer.get_data(as_text=True), url)
        return answer


def check_headers(answer) -> None:
    """Every answer carries the security headers and says how it may be kept."""
    for name in ALWAYS:
        assert name in answer.headers, f"no {name}"
    assert "Cache-Control" in answer.headers


def check(text: str, url: str = "") -> None:
    """Valid HTML, one title, one h1, no inline script or style, labelled inputs, unique ids, forms that can be sent."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.split("\n")
    assert not parser.errors, f"{url}: " + "; ".join(
        f"{code} {more} near {lines[line - 1][:200]!r}" for (line, _), code, more in parser.errors
    )
    tree = lxml_html.fromstring(text)
    assert tree.xpath("string(//title)").strip(), f"{url}: no title"
    assert len(tree.xpath("//h1")) == 1, f"{url}: {len(tree.xpath('//h1'))} h1"
    ids = Counter(tree.xpath("//@id"))
    assert not [name for name, count in ids.items() if count > 1], f"{url}: ids twice: {ids.most_common(3)}"
    assert tree.get("lang") and tree.get("dir") in ("ltr", "rtl"), f"{url}: language or direction not said"
    _check_nothing_inline(tree, url)
    for form in tree.xpath("//form"):
        _check_form(form, url)
    for name in tree.xpath("//@aria-describedby | //@aria-labelledby | //label/@for"):
        assert all(part in ids for part in name.split()), f"{url}: {name} points at nothing"


def _check_nothing_inline(tree, url: str) -> None:
    assert not tree.xpath("//style | //script[not(@src)] | //*[@style]"), f"{url}: inline style or script"
    assert not [name for element in tree.iter() for name in getattr(element, "attrib", {}) if HANDLER.match(name)], f"{url}: inline handler"
    assert not [address for address in tree.xpath("//@href | //@src | //@action") if address.strip().lower().startswith("javascript:")], url


def _check_form(form, url: str) -> None:
    assert form.get("action"), f"{url}: a form without action"
    if (form.get("method") or "get").lower() == "post":
        assert form.xpath(".//input[@name='csrf_token']"), f"{url}: a form without its token"
    labelled = set(form.xpath("//label/@for"))
    for field in form.xpath(".//input | .//select | .//textarea"):
        if field.get("type") not in UNLABELLED:
            named = field.get("id") in labelled or field.get("aria-label") or field.xpath("ancestor::label")
            assert named, f"{url}: {field.get('name')} has no label"
    assert form.xpath(".//button | .//input[@type='submit']"), f"{url}: a form without a button"
