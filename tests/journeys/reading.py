"""A person before a browser: opens pages, types, presses, and hears every complaint the browser makes."""

import re

from playwright.sync_api import Browser, Locator, Response

from tests.journeys.consulting import Consult

PASSWORD = "example group 2005"


class Reader:
    """One browser with its own cookies. Faults (5xx, console errors, reports of the content policy) fail the test at the end."""

    def __init__(self, chromium: Browser, consult: Consult, script: bool = True, phone: bool = False, language: str = "en-GB") -> None:
        self.consult, self.faults = consult, []
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        self.context = chromium.new_context(java_script_enabled=script, viewport=size, locale=language, base_url=consult.url)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self._fault(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._fault(str(error)))
        self.page.on("response", lambda answer: self._fault(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
        self.expected = re.compile(r"status of (4\d\d)")

    def _fault(self, words: str) -> None:
        if not self.expected.search(words):
            self.faults.append(f"{self.page.url}: {words}")

    def close(self) -> None:
        """Say whether anything was wrong."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def open(self, path: str) -> Response:
        """Go to a page, which has to be there."""
        answer = self.page.goto(path, wait_until="load")
        assert answer.status < 400, f"{path} answered {answer.status}"
        return answer

    def sign_in(self, address: str, password: str = PASSWORD) -> "Reader":
        """Sign in by password."""
        self.open("/sign-in?lang=en")
        self.type("Your e-mail address", address)
        self.type("Password", password)
        self.press("Sign in")
        assert self.page.locator("a[href='/sign-out']").count(), self.words
        return self

    def type(self, label: str, words: str, within: str = "body") -> None:
        """Fill a field found by its label."""
        self.field(label, within).fill(words)

    def choose(self, label: str, option: str, within: str = "body") -> None:
        """Choose by the words shown."""
        self.field(label, within).select_option(label=option)

    def field(self, label: str, within: str = "body") -> Locator:
        """A field by its whole label."""
        return self.page.locator(within).get_by_label(label, exact=True)

    def press(self, button: str) -> None:
        """Press a button and wait for the page that comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def follow(self, link: str) -> None:
        """Follow a link by its words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    @property
    def words(self) -> str:
        """What the page says."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def path(self) -> str:
        """Where the page is."""
        return self.page.url.removeprefix(self.consult.url)
