"""Pure: format=flowed text is put together again into the paragraphs that were typed (RFC 3676)."""

import re

QUOTES = re.compile(r">*")


def unfolded(text: str, delsp: bool = False) -> str:
    """Flowed lines joined to whole paragraphs, each quote depth on its own; `delsp` drops the trailing space."""
    lines: list[tuple[int, list[str], bool]] = []
    for line in text.split("\n"):
        depth = QUOTES.match(line).end()
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if lines and lines[-1][2] and lines[-1][0] == depth and words != "-- ":
            lines[-1] = (depth, lines[-1][1] + [words[:-1] if flows and delsp else words], flows)
        else:
            lines.append((depth, [words[:-1] if flows and delsp else words], flows))
    return "\n".join(_written(depth, "".join(words)) for depth, words, _ in lines)


def _written(depth: int, words: str) -> str:
    kept = words if words == "-- " else words.rstrip(" ")
    return ">" * depth + (" " if depth and kept else "") + kept
