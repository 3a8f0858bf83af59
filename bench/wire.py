"""What a reader's line has to carry: the first view of a draft with an open round and 60 comments, and the largest pages."""

import re
import socket
from urllib.parse import urljoin

import brotli

from bench import world
from bench.figures import Figure, note, tell
from bench.house import SHARED, house, web
from tests import make

COMMENTS = 60
KB = 1000


def measure() -> list[Figure]:
    """Bytes on the wire: request lines are not counted, headers of answers are."""
    with house() as (app, env):
        group, officer, people = world.group()
        version = _version(group, officer)
        opened = world.discussed(version, officer, people, COMMENTS)
        world.read(version, people[0])
        cookie = world.signed_in(app, people[0])
        address = f"/g/{group.slug}/d/{version.draft.slug}/v/{version.number}"
        with web(env) as (host, port, _):
            line = Line(host, port, cookie)
            text = brotli.compress("\n\n".join(p.text for p in version.paragraphs).encode(), quality=4)
            return [*_first_view(line, address), *_others(line, address, f"/g/{group.slug}", opened), *_whole(line, address, len(text))]


def _version(group, officer):
    file = SHARED / "cop-8-19.zh.txt"
    if file.exists():
        note("the Chinese document of 52 numbered paragraphs")
        return make.published(make.draft(group, language="zh"), file.read_text("utf-8"), by=officer)
    note("a made-up text of 52 numbered paragraphs")
    return make.published(make.draft(group), world.text(52, 13), by=officer)


class Line:
    """Asks as a browser does and counts what comes back."""

    def __init__(self, host: str, port: int, cookie: str) -> None:
        self.where, self.cookie = (host, port), cookie

    def get(self, path: str) -> tuple[int, bytes]:
        """(octets of the whole answer, the page itself, unpacked)."""
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {self.where[0]}",
            f"Cookie: {self.cookie}",
            "Accept-Encoding: br, gzip",
            "Connection: close",
        ]
        with socket.create_connection(self.where, timeout=30) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode())
            answer = b"".join(iter(lambda: line.recv(1 << 16), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        return len(answer), brotli.decompress(body) if b"content-encoding: br" in head.lower() else body


def _first_view(line: Line, address: str) -> list[Figure]:
    octets, page = line.get(address)
    needed = [urljoin(address, found.decode()) for found in re.findall(rb'<(?:link|script|img)[^>]*?(?:href|src)="([^"]+)"', page)]
    parts = [octets, *(line.get(each)[0] for each in needed)]
    note(f"page and what it needs: {parts} octets")
    return [
        tell(Figure("first view, 52 paragraphs, open round, 60 comments", sum(parts) / KB, "kB", most=14, bar="≤ 14 kB")),
        tell(Figure("requests of the first view", len(parts), "requests", most=4, bar="≤ 4")),
    ]


def _others(line: Line, address: str, group: str, opened) -> list[Figure]:
    pages = ["/", "/me", "/help/mail", "/help/roles", f"{group}/", f"{group}/timeline", f"{group}/members", f"{group}/r/{opened.id}"]
    pages += [f"{group}/r/{opened.id}/comments", f"{group}/r/{opened.id}/c/1", f"{address}/p/whole", address]
    largest = max((line.get(page)[0] / KB, page) for page in pages)
    note(f"the largest page is {largest[1]}")
    return [tell(Figure("largest page", largest[0], "kB", most=25, bar="≤ 25 kB"))]


def _whole(line: Line, address: str, text: int) -> list[Figure]:
    allowed = (1.15 * text + 6 * KB) / KB
    found = []
    for show, what in (("text", "whole text"), ("comments", "whole text with its comments")):
        octets, page = line.get(f"{address}?show={show}")
        said = b"".join(re.findall(rb"(?s)<article.*?</article>", page))
        words = re.sub(rb"<[^>]+>", b"", said)
        limit = allowed + 1.15 * len(brotli.compress(words, quality=4)) / KB
        found.append(
            tell(
                Figure(f"{what} (its words compressed allow {limit:.1f} kB)", octets / KB, "kB", most=limit, bar="≤ 1.15 × own text + 6 kB")
            )
        )
    return found
