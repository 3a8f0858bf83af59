"""Pure: the report of a meeting in the usual shape, from its agenda, its participants and the notes on each item, numbered through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The sentences of a report in the language it is written in, ready made."""

    title: str
    introduction: str
    facts: Sequence[str]  # where and when, who was there, who could not come
    item: str  # `Item %s. %s`
    empty: str  # what stands below an item on which nothing was noted
    annex: str


def composed(words: Words, items: Sequence, notes: Mapping[int, str], people: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The text: an introduction, a section an item with a numbered paragraph for each paragraph of the notes, the participants below."""
    blocks, number = [words.title.upper(), words.introduction.upper()], 0
    for fact in words.facts:
        number += 1
        blocks.append(f"{number}. {fact}")
    for item in items:
        blocks.append((words.item % (item.number, item.title)).upper())
        for paragraph in paragraphs(notes.get(item.id, "")) or [words.empty]:
            number += 1
            blocks.append(f"{number}. {paragraph}")
    if people:
        blocks.append(words.annex.upper())
        for heading, names in people:
            blocks += [heading, *(f"- {name}" for name in names)]
    return "\n\n".join(blocks) + "\n"


def paragraphs(notes: str) -> list[str]:
    """The paragraphs of notes as they were typed, each on one line."""
    return [" ".join(part.split()) for part in notes.replace("\r\n", "\n").split("\n\n") if part.strip()]
