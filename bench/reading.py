"""How much processor time the mail reader takes on the worst bodies of 200 kB, and on an ordinary mail. Run: python bench/reading.py"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consult.inbox.html import text_of
from consult.inbox.isolated import Reader
from consult.inbox.message import read
from consult.inbox.reading import remarks

SIZE = 200_000
LETTER = "\n\n".join(
    f"[{number}] Parties should consider measure {number}, where appropriate, in the annex to this decision." for number in range(1, 1200)
)
HEAD = b"From: a@env.example\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"


def filled(piece: str) -> str:
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
}


def timed(work, *given) -> float:
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def measure() -> None:
    """Every body with and without the letter it answers; an ordinary mail, here and in the child."""
    marks = [str(number) for number in range(1, 1200)]
    worst = 0.0
    for name, body in BODIES.items():
        body = "\n".join(body.split("\n")[:4000])
        first, second = timed(remarks, body, LETTER[:SIZE], marks), timed(remarks, body, None, marks)
        worst = max(worst, first, second)
        print(f"{name:34} {first * 1000:8.0f} ms with the sent letter {second * 1000:8.0f} ms without")
    print(f"{'worst':34} {worst * 1000:8.0f} ms")
    print(f"{'HTML of 2 MB':34} {timed(text_of, '<div><p>a<blockquote>b' * 90_000) * 1000:8.0f} ms")
    raw = HEAD + b"I agree with paragraph 12.\r\n"
    print(f"{'an ordinary mail, here':34} {timed(lambda: [read(raw) for _ in range(500)]) * 2:8.2f} ms")
    with Reader() as reader:
        reader.read(raw)
        print(f"{'an ordinary mail, in the child':34} {timed(lambda: [reader.read(raw) for _ in range(500)]) * 2:8.2f} ms")
