"""Pure: “did you mean”: what a line that was not understood perhaps asks for. It only suggests; nothing is ever done on a guess."""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from consult.inbox.lines import KNOWN, LONGEST, REPLIED, command
from consult.inbox.words import spelled

ALIKE = 0.7
SHORTEST, LONGEST_WORD = 3, 30


@lru_cache(maxsize=1000)
def meant(line: str) -> str:
    """The line as it was perhaps meant, with its first word spelt right; nothing where none is like it."""
    if command(line):  # understood, and left alone where it stands
        return ""
    tokens = REPLIED.sub("", line.strip())[:200].split()
    for count in range(min(LONGEST, len(tokens)), 0, -1):
        said = spelled(" ".join(tokens[:count]).strip(":："))
        if not SHORTEST <= len(said) <= LONGEST_WORD and not (said and ord(said[0]) > 0x2E80 and len(said) > 1):
            continue
        found = process.extractOne(said, _words(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        rest = " ".join(tokens[count:])
        if found and found[1] < 1 and (suggested := f"{found[0].upper()} {rest}".strip()) and command(suggested):
            return suggested
    return ""


@lru_cache(maxsize=1)
def _words() -> list[str]:
    return [word for word in KNOWN if len(word) > 1]
