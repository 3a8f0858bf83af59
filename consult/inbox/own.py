"""Pure: the person's own words in a reply: first what we sent is subtracted, then what programs added; in doubt a line is kept."""

from collections import OrderedDict
from dataclasses import dataclass, field

from consult.inbox.clients import (
    INVISIBLE,
    RULE,
    attribution,
    copied_lines,
    footer,
    has_mark,
    header_block,
    list_footer,
    lone_address,
    phone_line,
    plain,
    rule,
    signature_starts,
)
from consult.inbox.ours import Line, marked
from consult.inbox.subtraction import unquoted
from consult.inbox.written import armour, written

SIGNATURE = 40
PROTECTED = 60
REMEMBERED = 60
_known: OrderedDict[tuple[str, str | None], "Parted"] = OrderedDict()


@dataclass(frozen=True)
class Span:
    """Own words that stood together; `after` is the line (from 0) of our sent text that stood right above, None before any of ours."""

    text: str
    after: int | None = None


@dataclass(frozen=True)
class Parted:
    """A reply taken apart: the person's own words in the order they were written, and the lines that are not theirs."""

    own: list[Span]
    cut: str


@dataclass
class Reply:
    """A reply while it is being sorted: its lines, and for each what it is: own, quote, ours or cut."""

    lines: list[Line]
    kinds: list[str]
    whys: dict[int, str] = field(default_factory=dict)  # for each line that was cut, as what: introduction, older, quote, signature, footer

    @property
    def texts(self) -> list[str]:
        """The bare lines."""
        return [line.text for line in self.lines]

    def cut(self, start: int, end: int, why: str) -> None:
        """Marks lines [start, end) as furniture of some kind; lines of ours stay ours."""
        for number in range(start, end):
            if self.kinds[number] != "ours":
                self.kinds[number] = "cut"
                self.whys.setdefault(number, why)

    def has(self, kind: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a line with words of this kind stands in [start, end)."""
        return any(
            self.kinds[number] == kind and self.lines[number].text.strip()
            for number in range(start, len(self.kinds) if end is None else end)
        )


def own_words(body: str, sent: str | None) -> list[Span]:
    """The person's own words in the order they were written; `sent` is the exact text they answer, None when unknown."""
    return parted(body, sent).own


def parted(body: str, sent: str | None) -> Parted:
    """The reply taken apart; asked several times for one mail, and known before when the reader's child did it."""
    known = _known.get((body, sent)) or taken_apart(body, sent)
    remember(body, sent, known)
    return known


def remember(body: str, sent: str | None, known: Parted) -> None:
    """Keep for a while what became of a reply."""
    _known[body, sent] = known
    if len(_known) > REMEMBERED:
        _known.popitem(last=False)


def taken_apart(body: str, sent: str | None) -> Parted:
    """The same, and nothing of it is remembered."""
    reply = sorted_out(body, sent)
    cut = (line.text for line, kind in zip(reply.lines, reply.kinds, strict=True) if kind in ("ours", "cut"))
    return Parted(_spans(reply), "\n".join(cut).strip("\n"))


def cut_pieces(body: str, sent: str | None) -> list[tuple[str, str]]:
    """What was not taken as the person's words, in its order: (as what, the lines); `ours` is what we sent ourselves."""
    reply, pieces = sorted_out(body, sent), []
    for number, (line, kind) in enumerate(zip(reply.lines, reply.kinds, strict=True)):
        why = "ours" if kind == "ours" else reply.whys.get(number, "introduction") if kind == "cut" else ""
        if not why and line.text.strip():
            pieces.append(("", []))
        elif why and pieces and pieces[-1][0] == why:
            pieces[-1][1].append(line.text)
        elif why and line.text.strip():
            pieces.append((why, [line.text]))
    return [(why, "\n".join(lines).strip("\n")) for why, lines in pieces if why]


def sorted_out(body: str, sent: str | None) -> Reply:
    """The reply with every line sorted into own, quote, ours and cut."""
    lines = marked(written(body), sent)
    kinds = ["ours" if line.ours else "quote" if line.quoted and not line.edited else "own" for line in lines]
    reply = Reply(lines, kinds)
    _cut_armour(reply)
    _protect_proposals(reply)
    _cut_introductions(reply)
    _cut_quotes(reply)
    for start, end in _stretches(reply):
        _cut_signatures(reply, start, end)
        _cut_footers(reply, start, end)
    return reply


def _cut_armour(reply: Reply) -> None:
    """Cuts what OpenPGP puts around a signed text."""
    for start, end in armour(reply.texts):
        reply.cut(start, end, "signature")


def _protect_proposals(reply: Reply) -> None:
    """Between << and >> a line that begins with > is no quote."""
    opened = None
    for number, line in enumerate(reply.lines):
        if reply.kinds[number] == "own" and "<<" in line.text and ">>" not in line.text.rpartition("<<")[2]:
            opened = number
        elif opened is not None and ">>" in line.text:
            if number - opened <= PROTECTED and "quote" in (reply.kinds[number],):
                reply.kinds[number] = "own"
            opened = None


def _cut_introductions(reply: Reply) -> None:
    """Cuts attributions, rules and copied headers; with nothing of ours below them, also all that stands below."""
    texts, number, words_above = reply.texts, 0, False
    last = {
        kind: max((at for at, each in enumerate(reply.kinds) if each == kind and texts[at].strip()), default=-1)
        for kind in ("ours", "quote")
    }
    while number < len(texts):
        count, closes = (0, False) if reply.kinds[number] == "ours" else _introduction(reply, texts, number, max(last.values()))
        if not count:
            words_above = words_above or reply.kinds[number] == "own" and bool(texts[number].strip())
            number += 1
            continue
        reply.cut(number, number + count, "introduction")
        _cut_lone_address(reply, number)
        if closes and last["ours"] < number and words_above:
            reply.cut(number, len(texts), "older")
            return
        number += count


def _cut_lone_address(reply: Reply, at: int) -> None:
    """Some programs sign with the sender's address, right above the head of the older mail."""
    above = next((number for number in range(at - 1, -1, -1) if reply.lines[number].text.strip()), None)
    if above is not None and reply.kinds[above] == "own" and lone_address(reply.lines[above].text):
        reply.cut(above, above + 1, "signature")


def _introduction(reply: Reply, texts: list[str], at: int, last: int) -> tuple[int, bool]:
    """(how many lines introduce an older mail here, whether that mail is then not marked by quotes); `last`: of quoted lines and ours."""
    if rule(texts, at):
        return 1 + copied_lines(texts, at + 1), reply.kinds[at] != "quote"
    count = header_block(texts, at)
    if count:
        return count, reply.kinds[at] != "quote"
    count = attribution(texts, at)
    if not count:
        return 0, False
    return count, reply.kinds[at] != "quote" and last < at + count


def _cut_quotes(reply: Reply) -> None:
    """Cuts quotes below the last own word, and the one quote above all of them when a program put it there (answered below)."""
    own = [number for number, kind in enumerate(reply.kinds) if kind == "own" and reply.lines[number].text.strip()]
    last = own[-1] if own else -1
    trailing = reply.has("quote", last + 1) or reply.has("ours", last + 1)
    for number in range(last + 1, len(reply.kinds)):
        if reply.kinds[number] == "quote":
            reply.cut(number, number + 1, "quote")
    introduced = reply.has("cut", 0, own[0] if own else 0)
    blocks = _blocks(reply)
    if introduced and not trailing and len(blocks) == 1 and blocks[0][1] <= (own[0] if own else 0):
        reply.cut(*blocks[0], "quote")
    for number, kind in enumerate(reply.kinds):
        if kind == "quote" and "ours" in reply.kinds and plain(reply.lines[number].text) == "":
            reply.cut(number, number + 1, "quote")


def _blocks(reply: Reply) -> list[tuple[int, int]]:
    """The stretches of quote lines, blank lines between them included."""
    blocks: list[tuple[int, int]] = []
    for number, kind in enumerate(reply.kinds):
        if kind != "quote":
            continue
        joins = blocks and not any(reply.lines[at].text.strip() for at in range(blocks[-1][1], number))
        if joins:
            blocks[-1] = (blocks[-1][0], number + 1)
        else:
            blocks.append((number, number + 1))
    return blocks


def _stretches(reply: Reply) -> list[tuple[int, int]]:
    """The stretches of own lines between lines that are not."""
    stretches, start = [], None
    for number, kind in enumerate([*reply.kinds, "end"]):
        if kind == "own" and start is None:
            start = number
        elif kind != "own" and start is not None:
            stretches.append((start, number))
            start = None
    return stretches


def _cut_signatures(reply: Reply, start: int, end: int) -> None:
    texts = reply.texts[:end]
    for number in range(start, end):
        text = reply.lines[number].text
        if signature_starts(text) and end - number <= SIGNATURE and not any(has_mark(line.text) for line in reply.lines[number:end]):
            reply.cut(number, end, "signature")
            return
        if list_footer(texts, number):
            reply.cut(number, end, "footer")
            return
        alone = number + 1 >= end or not reply.lines[number + 1].text.strip() or number == start or not reply.lines[number - 1].text.strip()
        if alone and phone_line(text):
            reply.cut(number, number + 1, "signature")
    last = next((number for number in range(end - 1, start - 1, -1) if reply.lines[number].text.strip()), None)
    if last is not None and end < len(reply.kinds) and RULE.fullmatch(reply.lines[last].text):
        reply.cut(last, last + 1, "introduction")


def _cut_footers(reply: Reply, start: int, end: int) -> None:
    """Cuts the notices of the person's server from the end of a stretch, and its warning from the top."""
    paragraphs, begin = [], None
    for number in range(start, end + 1):
        told = number < end and reply.kinds[number] == "own" and reply.lines[number].text.strip()
        if told and begin is None:
            begin = number
        elif not told and begin is not None:
            paragraphs.append((begin, number))
            begin = None
    for chosen in (reversed(paragraphs), paragraphs[:1]):
        for first, after in chosen:
            text = " ".join(line.text for line in reply.lines[first:after])
            if not (footer(text) or RULE.fullmatch(text)):
                break
            reply.cut(first, after, "footer")


def _spans(reply: Reply) -> list[Span]:
    spans: list[Span] = []
    held: list[str] = []
    after: int | None = None
    for line, kind in zip(reply.lines, reply.kinds, strict=True):
        if kind in ("own", "quote"):
            if line.edited and after != line.sent_line:
                _close(spans, held, after)
                after = line.sent_line
            held.append((unquoted(line.text) if line.edited else line.text).rstrip())
        elif kind == "cut":
            held.append("")
        elif line.text.strip():
            _close(spans, held, after)
            after = after if line.sent_line is None else line.sent_line
            if line.own_inside:
                held.append(line.own_inside)
    _close(spans, held, after)
    return spans


def _close(spans: list[Span], held: list[str], after: int | None) -> None:
    text = "\n".join(held).strip("\n")
    held.clear()
    if INVISIBLE.sub("", text).strip():
        spans.append(Span(text, after))
