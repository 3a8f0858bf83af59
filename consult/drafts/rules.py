"""Pure: what may be done with a draft and its versions, and why not."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from consult.drafts.pieces import Piece
from consult.errors import Conflict, Refused
from consult.kit.text import one_line, slug
from consult.kit.words import N_

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
MOST_PIECES = 20_000
LONGEST_MARK = 60
LONGEST_LABEL = 200
MOST_TIED = 40
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
CORRECTIONS = ("merge", "split", "renumber", "relevel", "reword", "insert", "remove", "shift", "count")


def title(text: str) -> str:
    """The title a draft gets: one clean line; refuses an empty one."""
    clean = one_line(text)
    if not clean:
        raise Refused(N_("Give the draft a title."))
    return clean


def language(code: str) -> str:
    """The language a draft is written in: one of the six of the United Nations."""
    if code not in LANGUAGES:
        raise Refused(N_("A draft is written in one of the six languages of the United Nations: en, fr, es, ru, zh or ar."))
    return code


def draft_slug(title_text: str, symbol: str, taken: Iterable[str]) -> str:
    """The name of a draft in addresses: from its title, else its symbol, else `draft-1`; never one that is taken."""
    names = (slug(text, 50) for text in (title_text, symbol))
    wished = next((name for name in names if sum(sign.isalpha() for sign in name) > 1), "")
    taken = set(taken)
    if wished and wished not in taken:
        return wished
    stem, number = (wished, 2) if wished else ("draft", 1)
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def both_published(*published_at: datetime | None) -> None:
    """Letters carry what everybody in the group may read."""
    if None in published_at:
        raise Refused(N_("One of the two versions is not published yet."))


def has_version(latest: int | None) -> None:
    """Only what was published can be written on."""
    if latest is None:
        raise Refused(N_("There is no published version to write on. Bring in the first text."))


def may_prepare(being_prepared: int | None) -> None:
    """One version is prepared at a time: two would both be the next one."""
    if being_prepared is not None:
        reason = N_("Version %(number)s is still being prepared. Publish it, replace its text, or delete it first.")
        raise Refused(reason, number=being_prepared)


def may_change(number: int, published_at: datetime | None) -> None:
    """A published version never changes: comments point at its words."""
    if published_at is not None:
        raise Refused(N_("Version %(number)s is published and never changes. Upload the next version instead."), number=number)


def may_publish(number: int, published_at: datetime | None, pieces: int) -> None:
    """What is published once is published; an empty version is not published at all."""
    if published_at is not None:
        raise Refused(N_("Version %(number)s is already published."), number=number)
    if not pieces:
        raise Refused(N_("Version %(number)s has no text. Upload it before publishing."), number=number)


def at_marks(typed: str, marks: Sequence[str], number: int) -> list[int]:
    """The places of the paragraphs whose marks were typed (`10, 12(a)`, brackets or not) in version `number`, each once."""
    places = {mark.lower(): place for place, mark in reversed(list(enumerate(marks)))}
    found = set()
    for mark in re.split(r"[\s,;，；、،]+", typed.strip()):
        clean = mark.strip("[]").lower()
        if clean and clean not in places:
            raise Refused(N_("Version %(number)s has no paragraph %(mark)s."), number=number, mark=one_line(mark, 60))
        if clean:
            found.add(places[clean])
    return sorted(found)


def may_tie(before: int, now: int) -> None:
    """One paragraph became one or several, or several became one; nothing on one side means new, or deleted."""
    if not before and not now:
        raise Refused(N_("Name at least one paragraph."))
    if before > 1 and now > 1:
        raise Refused(N_("Several paragraphs cannot become several others at once. Say it one by one: which became which."))
    if before + now > MOST_TIED:
        raise Refused(N_("That is more than %(most)s paragraphs at once."), most=MOST_TIED)


def follows_another(number: int, older: int | None) -> None:
    """Only a version that has one before it has something that became of it."""
    if older is None:
        raise Refused(N_("Version %(number)s is the first one: there is nothing before it."), number=number)


def may_issue(issued_at: datetime | None, has_version: bool) -> None:
    """A draft is issued once, and only what has been published can be."""
    if issued_at is not None:
        raise Refused(N_("This draft is issued already."))
    if not has_version:
        raise Refused(N_("This draft has no published version yet. Publish one before you issue it."))


def label(words: str, issued_at: datetime | None) -> str:
    """The words under which a draft goes about: one clean line of at most 200 characters; an issued draft has none."""
    if issued_at is not None:
        raise Refused(N_("This draft is issued: it carries no label any more."))
    clean = one_line(words, 1000)
    if len(clean) > LONGEST_LABEL:
        raise Refused(N_("A label has at most %(most)s characters, so that it fits on every page."), most=LONGEST_LABEL)
    return clean


def has_text(pieces: int) -> None:
    """A version holds at least one paragraph, and not more than pages and letters can carry."""
    if not pieces:
        raise Refused(N_("There is no text in it. Paste the text of the draft, or choose a file that has some."))
    if pieces > MOST_PIECES:
        reason = N_("It has %(pieces)s paragraphs; a draft has at most %(most)s. Divide it into several drafts.")
        raise Refused(reason, pieces=pieces, most=MOST_PIECES)


def correction(verb: str) -> str:
    """The name of a correction, when it is one."""
    if verb not in CORRECTIONS:
        raise Refused(N_("This is no way to correct a version."))
    return verb


def state(pieces: Sequence[Piece]) -> str:
    """A short sign for a cutting, the same for the same pieces only."""
    told = hashlib.sha256()
    for piece in pieces:
        told.update(repr((piece.kind, piece.level, piece.number, piece.text)).encode(errors="replace"))
    return told.hexdigest()[:16]


def still_as_seen(seen: str, now: str) -> None:
    """A correction goes by position, so it holds only for the cutting the officer was looking at; an empty `seen` asks nothing."""
    if seen and seen != now:
        raise Conflict(N_("This version has been corrected in another window meanwhile. Look at it again before you correct more."))


def number_after(kind: str, number: str, printed: str, new_kind: str, typed: str) -> str:
    """The number a piece has once it is of another kind: what was typed; a point of a list made a paragraph keeps its printed one."""
    if not typed and not number and kind != new_kind and new_kind in ("paragraph", "heading", "item"):
        return printed.strip(" .、．)")
    return one_line(typed)


def numbered(new: Sequence[Piece], number: str) -> list[Piece]:
    """New pieces, the first of them a paragraph of that number if one was typed."""
    number = one_line(number).rstrip(".")
    if not new or not number:
        return list(new)
    words = f"{new[0].printed} {new[0].text}".strip()
    return [Piece("paragraph", 0, number, f"{number}.", words), *new[1:]]


def visible(text: str) -> str:
    """The text without what no reader can see and no database keeps: control characters, halves of characters, reversed writing."""
    return _INVISIBLE.sub("", text)


def fits(pieces: Sequence[Piece]) -> None:
    """A number is short enough to be a mark that people type."""
    for piece in pieces:
        if max(len(piece.number), len(piece.printed), len(piece.mark)) > LONGEST_MARK:
            reason = N_("The number %(number)s is too long. It has at most %(most)s characters.")
            raise Refused(reason, number=piece.number, most=LONGEST_MARK)


def split_places(text: str, with_rules: str) -> list[int]:
    """Where in the text the officer has put a line of dashes (`----`): offsets into the text, first one first.

    Refuses when no such line is there, or when the words around the lines are not the words of the text.
    """
    parts = _parts(with_rules)
    if len(parts) < 2:
        raise Refused(N_("Put a line of four dashes (----) where the paragraph is to be split."))
    if "".join("".join(part.split()) for part in parts) != "".join(text.split()):
        raise Refused(N_("Only lines of dashes can be added here; the words of the text stay as they are."))
    return _offsets(text, [sum(not sign.isspace() for sign in part) for part in parts[:-1]])


def _parts(with_rules: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in with_rules.splitlines():
        if len(line.strip()) >= 4 and not line.strip().strip("-–—"):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in ("\n".join(lines).strip() for lines in parts) if part]


def _offsets(text: str, lengths: list[int]) -> list[int]:
    """Offsets after so many visible characters, counted from the place before."""
    places, seen, wanted, ends = [], 0, 0, iter(lengths)
    wanted = next(ends, 0)
    for place, sign in enumerate(text):
        if not wanted:
            break
        seen += not sign.isspace()
        if seen == wanted:
            places.append(place + 1)
            seen, wanted = 0, next(ends, 0)
    return places
