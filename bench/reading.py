"""Taking our own text out of a reply: 40 kB, the double, and the worst bodies of 200 kB that anybody thought of; and an ordinary mail."""

import random
import statistics
import textwrap
import time

from bench.figures import Figure, note, tell
from consult.inbox import own
from consult.inbox.html import text_of
from consult.inbox.isolated import Reader
from consult.inbox.message import read
from consult.inbox.reading import remarks
from consult.inbox.subtraction import _line_words

SIZE = 200_000
LETTER = "\n\n".join(
    f"[{number}] Parties should consider measure {number}, where appropriate, in the annex to this decision." for number in range(1, 1200)
)
SAME = "\n\n".join(f"[{number}] Parties should consider Parties should consider" for number in range(1, 3000))
HEAD = b"From: a@env.example\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
WORDS = ("parties", "should", "consider", "where", "appropriate", "measures", "annex", "decision", "means", "report", "secretary", "fund")


def filled(piece: str) -> str:
    """As many pieces as make 200 kB."""
    return (piece * (SIZE // len(piece.encode()) + 1))[:SIZE]


BODIES = {
    "one word": filled("a "),
    "no blank": filled("a"),
    "quote marks": filled(">"),
    "quote lines": filled("> a\n"),
    "our letter": LETTER[:SIZE],
    "our letter, every line answered": filled(LETTER[:500].replace("\n\n", "\n\nno\n\n")),
    "one of our words": filled("appropriate "),
    "our gram": filled("should consider measure 7 "),
    "short quoted lines": filled("> Parties\nno\n"),
    "attributions": filled("On 1 May 2027 at 10:12 "),
    "attribution lines": filled("On 1 May 2027, 10:12 a@b.cc wrote\n"),
    "headers": filled("From: a\nSent: b\n"),
    "rules": filled("_" * 30 + "\n"),
    "dashes": filled("--\n"),
    "marks": filled("[12] "),
    "mark lists": filled("[1, 2, 3, 4"),
    "phones": filled("Sent from my my my "),
    "proposals": filled("<< "),
    "proposal ends": filled("<<\n>>\n"),
    "addresses": filled("https://x.example/ "),
    "entities": filled("&amp;"),
    "Chinese": filled("缔约方应当"),
    "zero width": filled("a\u200b"),
    "blank": filled(" "),
    "ats": filled("a@"),
    "footers": filled("confidential this message "),
    "quotes with initials": filled("C> C> C> a\n"),
    "links in brackets": filled("[a](https://x.example/"),
    "introductions on one line": filled("On 1 May 2027 at 10:12 a@b.cc wrote:   a\n"),
    "labels alone": filled("a@b.example\n1/5/2027\nTo\na\nSubject\n"),
    "armour": filled("-----BEGIN PGP SIGNED MESSAGE-----\n"),
    "from": filled(">From a\n"),
    "list footers": filled("_" * 48 + "\nmailing list\n"),
    "Groupwise": filled(">>> a 10:12 "),
    "lone addresses": filled("a@b.example\n\nFrom: a\nSent: 2027\nTo: b\n"),
    "short whole lines": filled("[7] Parties\n"),
    "our first words": filled("[1] Parties should consider "),
    "named paragraphs": filled("paragraph 1, 2 and 3 to 4 "),
    "Arabic marks": filled("\u200f[\u0661\u0662]\u200f "),
    "long words": filled("a" * 5000 + " "),
    "tags": filled("<b>"),
}


def timed(work, *given) -> float:
    """Processor time in milliseconds; nothing is remembered from before."""
    own._known.clear()
    start = time.process_time()
    work(*given)
    return (time.process_time() - start) * 1000


def reply(size: int) -> tuple[str, str, list[str]]:
    """(a reply of that many bytes that quotes our whole letter with remarks between, the letter, its marks)."""
    chosen, lines, body = random.Random(7), [], ["Thank you.", "", "On Tue, Jan 5, 2027 at 10:12 AM Consult <a@b.example> wrote:", ""]
    while sum(map(len, body)) + len(body) < size:
        lines.append(f"[{len(lines) + 1}] {' '.join(chosen.choices(WORDS, k=40)).capitalize()}.")
        body += [*(f"> {line}" for line in textwrap.wrap(lines[-1], 72)), ">"]
        body += ["", "We cannot agree to this, because farmers lack money.", ""] if len(lines) % 10 == 0 else []
    return "\n".join(body), "\n\n".join(lines), [str(number) for number in range(1, len(lines) + 1)]


def fresh(size: int) -> float:
    """Reading such a reply as the first of its kind: no line of the letter is known yet."""
    body, sent, marks = reply(size)

    def once() -> float:
        _line_words.cache_clear()
        return timed(remarks, body, sent, marks)

    once()
    return statistics.median(once() for _ in range(15))


def measure() -> None:
    """A reply of 40 kB and of 80 kB, every hostile body against four letters, and an ordinary mail here and in the child."""
    forty, eighty = fresh(40_000), fresh(80_000)
    tell(Figure("a reply of 40 kB separated by subtraction, nothing known before", forty, "ms", most=20, bar="≤ 20 ms"))
    tell(Figure("one of twice its length", eighty, "ms", floor=forty, most=2.4, bar="linear: ≤ 2.4 times"))
    marks, worst, name = [str(number) for number in range(1, 1200)], 0.0, ""
    for what, text in BODIES.items():
        body = "\n".join(text.split("\n")[:4000])
        took = max(timed(remarks, body, sent, marks) for sent in (LETTER[:SIZE], SAME[:SIZE], body, None))
        note(f"{what}: {took:.0f} ms")
        worst, name = max((worst, name), (took, what))
    tell(Figure(f"the worst of {len(BODIES)} hostile bodies of 200 kB ({name})", worst, "ms", most=2000, bar="≤ 2 s"))
    tell(Figure("HTML of 2 MB, nested as deep as it goes", timed(text_of, "<div><p>a<blockquote>b" * 90_000), "ms", most=2000, bar="≤ 2 s"))
    raw = HEAD + b"I agree with paragraph 12.\r\n"
    tell(Figure("an ordinary mail, here", timed(lambda: [read(raw) for _ in range(500)]) / 500, "ms"))
    with Reader() as reader:
        reader.read(raw)
        start = time.perf_counter()
        for _ in range(500):
            reader.read(raw)
        tell(Figure("an ordinary mail, in the child", (time.perf_counter() - start) * 2, "ms"))
