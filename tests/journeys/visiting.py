"""Somebody who follows every link, without a browser: each page once, as bytes, with its status and its size on the wire."""

import http.client
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

import brotli
from lxml import html as lxml_html

from tests.journeys.consulting import Consult
from tests.journeys.reading import PASSWORD

SEEDS = ("/", "/me", "/people", "/groups/new", "/desk", "/post", "/help/roles", "/help/mail", "/sign-in", "/sign-in/link", "/password")


@dataclass(frozen=True)
class Answer:
    """What came for one address. `octets` counts head and body as they crossed the wire, compressed."""

    path: str
    status: int
    head: dict[str, str]
    octets: int
    body: bytes
    found_on: str

    @property
    def is_page(self) -> bool:
        """Whether a reader sees a page, rather than a text, or a file to keep (which may be a page of its own)."""
        kept = self.head.get("content-disposition", "").startswith("attachment")
        return self.head.get("content-type", "").startswith("text/html") and self.status < 300 and not kept

    def links(self) -> set[str]:
        """The addresses of ours to which this page leads."""
        if not self.is_page:
            return set()
        tree = lxml_html.fromstring(self.body.decode())
        found = {urlsplit(urljoin(self.path, href)) for href in tree.xpath("//a/@href")}
        return {one.path + (f"?{one.query}" if one.query else "") for one in found if not one.netloc and one.scheme == ""}


class Visitor:
    """One person's requests, signed in or not."""

    def __init__(self, consult: Consult, address: str = "") -> None:
        self.consult, self.cookies = consult, {}
        if address:
            assert self.submit("/sign-in", address=address, password=PASSWORD, next="").status == 303

    def submit(self, path: str, **fields: str) -> Answer:
        """Fill in the form of a page and send it."""
        token = lxml_html.fromstring(self.get(path).body.decode()).xpath("string(//input[@name='csrf_token']/@value)")
        return self._ask("POST", path, urlencode({"csrf_token": token, **fields}))

    def get(self, path: str, found_on: str = "", known: str = "") -> Answer:
        """One page, or word that it is still the one that is known by this tag."""
        return self._ask("GET", path, found_on=found_on, known=known)

    def everything(self) -> list[Answer]:
        """All that can be reached by links from the usual places."""
        waiting, seen, answers = [(seed, "") for seed in SEEDS], set(SEEDS), []
        while waiting:
            path, found_on = waiting.pop(0)
            answers.append(self.get(path, found_on))
            fresh = sorted(answers[-1].links() - seen)
            seen.update(fresh)
            waiting += [(link, path) for link in fresh]
        return answers

    def _ask(self, method: str, path: str, form: str | None = None, found_on: str = "", known: str = "") -> Answer:
        head = {"Accept-Encoding": "br", "Accept-Language": "en", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if known:
            head["If-None-Match"] = known
        if form is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.consult.port, timeout=60)) as wire:
            wire.request(method, path, form, head)
            answer = wire.getresponse()
            body, fields = answer.read(), answer.getheaders()
        for name, value in fields:
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        named = {name.lower(): value for name, value in fields}
        octets = len(body) + sum(len(name) + len(value) + 4 for name, value in fields)
        whole = brotli.decompress(body) if named.get("content-encoding") == "br" else body
        return Answer(path, answer.status, named, octets, whole, found_on)
