"""English that people wrote, for measures where the words matter: legal prose for drafts, explanations for comments.

What compresses well tells nothing about bytes, so the made-up prose of bench/world.py stands in only where a machine has neither."""

import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from bench import world

LAW = Path("/usr/share/common-licenses")
LAWS = ("MPL-2.0", "GPL-3", "GFDL-1.3", "CC0-1.0", "Apache-2.0", "Artistic", "GPL-1", "MPL-1.1", "LGPL-2.1")
DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
CODE = re.compile(r"[=_{}\[\]<>*+|\\@#~^$%]|::|\.\.\.|--|\w\.\w|\w\(")
PROSE = re.compile(r"[A-Z].*[.!?]", re.DOTALL)


def articles(count: int, least: int = 230, most: int = 900) -> list[str]:
    """So many paragraphs of a legal text, each of that many characters."""
    return _so_many(count, _distinct(_laws(), least, most))


def remarks(count: int, shortest: int = 80, longest: int = 470) -> list[str]:
    """So many explanations, as long as comments are: some a line, some a paragraph."""
    found, made = _distinct(_explanations(), 60, 700), []
    for number in range(count):
        wanted, said = shortest + (longest - shortest) * (number * 7 % 11) // 10, ""
        while len(said) < wanted and (more := next(found, "")):
            said = f"{said} {more}".strip()
        made.append(said or world.prose(60))
    return made


def _so_many(count: int, found: Iterator[str]) -> list[str]:
    made = [text for _, text in zip(range(count), found, strict=False)]
    return made + [world.prose(70) for _ in range(count - len(made))]


def _distinct(texts: Iterator[str], least: int, most: int) -> Iterator[str]:
    """Each said once: what begins as another did is left out."""
    known = set()
    for text in texts:
        line = " ".join(text.split())
        begun = line[:40].casefold()
        if least <= len(line) <= most and begun not in known and PROSE.fullmatch(line):
            known.add(begun)
            yield line


def _laws() -> Iterator[str]:
    for name in LAWS:
        if (LAW / name).is_file():
            for text in (LAW / name).read_text("utf-8", "replace").split("\n\n"):
                yield re.sub(r"^\s*(?:\(?[0-9a-z]{1,3}[.)]\s+)+(?:[A-Z][A-Za-z ,/-]{2,60}\.\s+)?", "", text)


def _explanations() -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py")) + sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*/*.py")):
        if "test" in path.parts[-2] or "site-packages" in path.parts:
            continue
        for doc in DOCSTRING.findall(path.read_text("utf-8", "replace")):
            yield from (text for text in doc.split("\n\n") if not CODE.search(text))
