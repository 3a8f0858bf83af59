"""How long it takes to find 500 paragraphs again in the next version."""

import time

from bench import world
from bench.figures import Figure, tell
from consult.drafts.aligning import align
from consult.drafts.cutting import cut


def measure() -> list[Figure]:
    """Every tenth paragraph is reworded, some are moved, some are new."""
    blocks = world.text(500).split("\n\n")
    changed = [block + " " + world.sentence(8) if number % 10 == 0 else block for number, block in enumerate(blocks)]
    changed = (
        changed[:100] + changed[110:200] + changed[100:110] + changed[200:] + [f"{501 + number}. {world.prose(60)}" for number in range(10)]
    )
    old, new = cut("\n\n".join(blocks)), cut("\n\n".join(changed))
    start = time.perf_counter()
    align(old, new)
    return [tell(Figure("aligning two versions of 500 paragraphs", (time.perf_counter() - start) * 1000, "ms"))]
