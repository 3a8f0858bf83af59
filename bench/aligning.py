"""How long it takes to find the paragraphs of a draft again in its next version, how that grows, and to compare one word by word."""

import time
from collections.abc import Callable
from math import log

from bench import world
from bench.figures import Figure, tell
from consult.drafts.aligning import align
from consult.drafts.cutting import cut
from consult.drafts.pieces import Piece
from consult.drafts.wording import difference

SIZES = (500, 1_000, 2_000, 5_000)
CHINESE = "专家组请秘书处在下次会议以前编写一份关于种子库合作的报告，并将报告译成六种正式语文，"


def measure() -> list[Figure]:
    """Processor time, the best of several, so that a busy machine says the same as a calm one."""
    return [*_growth(), *_words()]


def versions(paragraphs: int) -> tuple[list[Piece], list[Piece]]:
    """Every tenth paragraph is reworded, one in fifty is moved, and as many are new."""
    blocks = world.text(paragraphs).split("\n\n")
    changed = [block + " " + world.sentence(8) if number % 10 == 0 else block for number, block in enumerate(blocks)]
    fifth, few = paragraphs // 5, paragraphs // 50
    changed = changed[:fifth] + changed[fifth + few : 2 * fifth] + changed[fifth : fifth + few] + changed[2 * fifth :]
    changed += [f"{paragraphs + 1 + number}. {world.prose(60)}" for number in range(few)]
    return cut("\n\n".join(blocks)), cut("\n\n".join(changed))


def _growth() -> list[Figure]:
    found, first = [], 0.0
    for size in SIZES:
        old, new = versions(size)
        taken = _best(lambda old=old, new=new: align(old, new), 5)
        first = first or taken
        bar = {"most": 1_000, "bar": "≤ 1 s"} if size == SIZES[0] else {}
        found.append(tell(Figure(f"aligning two versions of {size:,} paragraphs", taken, "ms", **bar)))
        if size != SIZES[0]:
            allowed = size * log(size) / (SIZES[0] * log(SIZES[0]))
            what = f"growth to {size:,} paragraphs against n log n"
            bar = {"most": 1.0, "bar": "≤ 1"} if size == SIZES[-1] else {}
            found.append(tell(Figure(what, taken / first / allowed, "of it", **bar)))
    return found


def _words() -> list[Figure]:
    english = world.prose(200)
    words = english.split()
    chinese = CHINESE * 5
    pairs = {
        "every tenth word changed": (english, " ".join("other" if place % 10 == 0 else word for place, word in enumerate(words))),
        "every third word changed": (english, " ".join("other" if place % 3 == 0 else word for place, word in enumerate(words))),
        "written anew": (english, world.prose(200)),
        "in Chinese, every tenth sign changed": (chinese, "".join("新" if place % 10 == 0 else sign for place, sign in enumerate(chinese))),
    }
    return [tell(_compared(what, *pair)) for what, pair in pairs.items()]


def _compared(what: str, old: str, new: str) -> Figure:
    taken = _best(lambda: difference(old, new), 50)
    return Figure(f"word by word, 200 words, {what}", taken, "ms", most=1.0, bar="≤ 1 ms")


def _best(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)
