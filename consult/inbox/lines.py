"""Pure: the lines of a mail that are commands, in six languages; what only looks like one, such as “Help Desk” below a name, is none."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from consult.inbox.courtesies import unsigned
from consult.inbox.words import LINES, VERB_OF, YES_NO, spelled
from consult.review.marks import kind_of

END = re.compile(r"end|fin|конец|结束|結束|نهاية|--|-{5,}|–{2,}|—{1,}", re.IGNORECASE)
REPLIED = re.compile(r"^\s*(?:(?:re|rép|rv|tr|aw|fwd?|отв|ответ|回复|答复|رد)\s*[:：]\s*)+", re.IGNORECASE)
AROUND = " \t*_`\"'.!。！"
NAME = r"(?:#?[\w][\w./()#:+@’'–-]*)"
ONE = r"(?>(?:R\s?\d{1,6}\s*+(?:/\s*+)?)?[C#]?\d{1,6}(?:\s++(?:OF\s++)?R\d{1,6}(?![\d/]))?)"  # one comment: 57, R3/57, 57 OF R3
MANY = rf"{ONE}(?:(?>\s*+(?:[,，、;]|and|et|y|и|و|和)\s*+|\s++|(?=[C#])){ONE})*+"  # nothing is tried twice: a stranger writes these lines
ROUND = r"R\s?\d{1,6}"
CODE = r"(?=[^\s:,;]*[\d/])[^\s:,;]{1,60}"  # of a meeting: `EGTT/1`; “Apologies for the delay” names none
NOTHING = r""
WORDS = r"[\w§¶\[#][\w./()#:+@ ,'’–\[\]-]{0,199}"
ANY = r".{1,400}"
LONGEST_ARGUMENT, LONGEST_TEXT = 300, 25_000
TO = r"(?:to|->|→|à|a|на|到|إلى|=>)"
SHAPES: dict[str, str] = {
    "HELP": r"[\w']{2,20}(?: [\w']{2,20})?|",
    "LIST": r"drafts?|rounds?|comments?|documents?|meetings?|",
    "GET": WORDS,
    "KIT": WORDS + "|",
    "DIFF": WORDS,
    "PART": r"\d{1,3}(?:\s*(?:of|/|de|из|共|من)?\s*#?\d{1,9})?",
    "COMMENTS": WORDS + "|",
    "STATUS": NOTHING,
    "WHICH": NOTHING,
    "STOP": NOTHING,
    "REVOKE": r"\w{2,10}|",
    "DESK": NOTHING,
    "MEANS": NOTHING,
    "BUDGET": r"\d[\d.,]{0,12}\s*\w{0,6}|\w{1,12}|",
    "ATTACHMENTS": r"\w{1,20}(?: \w{1,12}){0,2}|",
    "PACK": r"\.?[\w.]{1,12}|",
    "FORM": r"[\w/-]{1,16}(?: \d{1,4})?|",
    "QUIET": r"(?:\w{2,6} )?\d{1,2}(?:[:.h]\d\d|h)?\D{1,12}\d{1,2}(?:[:.h]\d\d|h)?|\w{1,12}|",
    "SEARCH": r"[^\s].{0,150}",
    "FOLLOW": WORDS + "|",
    "UNFOLLOW": WORDS + "|",
    "ACCEPT": rf"(?:{ROUND}|\d{{1,6}})?",
    "DECLINE": rf"(?:(?:{ROUND}|\d{{1,6}})\b.{{0,400}})?",
    "CORRECT": rf"{ONE}\s*(?:[:：].*)?",
    "RETYPE": rf"{ONE}\s+\w{{1,12}}",
    "WITHDRAW": MANY,
    "MOVE": rf"{ONE}\s*{TO}\s*[\w.()\[\] ]{{1,30}}",
    "CONSENT": rf"{MANY}\s+[\w ]{{2,40}}",
    "EXTEND": rf"{ROUND}\s+\S{{8,12}}.*",
    "REMIND": rf"{ROUND}(?:\s+[\d,; +-]{{1,40}})?",
    "NAME": r"[^\W\d_][\w .'’-]{1,80}",
    "RECEIPTS": r"\w{2,12}",
    "ADDRESS": r"(?:(?:add|first|remove)\s+)?[^\s@]+@[^\s@]+|confirm\s+[\w.~-]{10,200}",
    "ASSIGN": rf"{MANY}\s*{TO}\s*.{{1,100}}",
    "CLOSE": ROUND,
    "LATE": rf"{ROUND}\s+\w[\w ]{{1,30}}",
    "RESPOND": rf"{ONE}\s+\D.*|{ROUND}\s+\w{{3,20}}",
    "PROPOSE": rf"{ONE}\s+\D.*",
    "POLL": rf"(?:close\s+)?P\s?\d{{1,6}}(?:\s+close)?|{ROUND}\s+.*",
    "REVIEWER": r"(?:add|remove)\s+.{3,200}|deputy(?:\s.{1,200})?|until(?:\s.{1,60})?",
    "RELEASE": r"#?\d{1,9}(?:\s+.{1,100})?",
    "ASIDE": r"#?\d{1,9}\b.*",
    "ATTEND": rf"(?:{CODE})?",
    "APOLOGIES": rf"(?:{CODE}(?:[\s:,;].{{0,400}})?)?",
    "YES": r"\d{1,9}(?:[\s,]+\d{1,9})*|",
    "NO": r"\d{1,9}(?:[\s,]+\d{1,9})*|",
}
OTHER = re.compile(WORDS + "|", re.IGNORECASE)
_SHAPES = {verb: re.compile(shape, re.IGNORECASE | re.DOTALL) for verb, shape in SHAPES.items()}
LOOSE = ("GET", "SEARCH", "FOLLOW", "UNFOLLOW", "COMMENTS", "DIFF", "HELP")
WRITES = ("CORRECT", "RESPOND", "DECLINE", "ASIDE", "EXTEND", "POLL", "APOLOGIES", "PROPOSE")
"""Verbs below whose line a text may stand."""
WHOLE = (
    "NAME", "ADDRESS", "REVOKE", "STOP", "ATTEND", "APOLOGIES", "ACCEPT", "DECLINE", "WITHDRAW", "UNFOLLOW", "CLOSE", "YES", "NO",
)  # fmt: skip
"""Verbs that are only taken when they are written in full."""
MARKED = re.compile(r"\s*[\[［【]\s*[\w() ]{1,20}[\]］】]")
TYPED = re.compile(rf"({ONE})\s+(\w{{1,12}}\s?[:：])\s*", re.IGNORECASE)
KNOWN = VERB_OF | {spelled(word): verb for verb, row in YES_NO.items() for word in row.split("|") if len(word) > 2 or not word.isascii()}
LONGEST = max(len(word.split()) for word in KNOWN)


@dataclass(frozen=True)
class Command:
    """One thing asked for by mail: the verb in English capitals, what follows it, the line as written, the text below it."""

    verb: str
    argument: str
    line: str
    body: str = ""


def command_lines(text: str, known: dict[str, str] = KNOWN) -> tuple[list[Command], list[str]]:
    """(commands, lines that are none) of a mail, one a line, up to END, `--` or five dashes.

    Below the commands a letter may end with names and titles: there “Search Consultant” asks for nothing."""
    commands: list[Command] = []
    unread: list[str] = []
    lines = text.split("\n")[:LINES]
    number, begins, closing = 0, True, False
    while number < len(lines):
        line, number = lines[number], number + 1
        if END.fullmatch(line.strip()):
            break
        if not line.strip():
            begins = True
            continue
        found = command(line, known)
        closing = closing and not (begins and found) or begins and bool(commands) and found is None
        if found is None or closing and found.verb in LOOSE and found.argument:
            unread.append(line.strip())
        else:
            body = _below(lines, number) if found.verb in WRITES else []
            commands.append(replace(found, body="\n".join(body).strip()))
            number += len(body)
        begins = False
    return commands, unread


def _below(lines: list[str], start: int) -> list[str]:
    """The text that belongs to a command, up to the next one that names a number, a mark in brackets, or END."""
    taken = []
    for line in lines[start:]:
        if END.fullmatch(line.strip()) or MARKED.match(line):
            break
        found = command(line)
        if found and found.verb not in LOOSE and (found.argument or _loud(line)):
            break
        taken.append(line)
    return taken


def command(line: str, known: dict[str, str] = KNOWN) -> Command | None:
    """The command that a line is, or None; a subject's `Re:` is overlooked."""
    plain = REPLIED.sub("", line.strip())
    written = plain.strip(AROUND)
    if typed := _typed(plain):
        return Command("RETYPE", f"{typed[1]} {typed[2]}", line.strip())
    tokens = written.split()
    for count in range(min(LONGEST, len(tokens)), 0, -1):
        said = spelled(" ".join(tokens[:count]).rstrip(":："))
        verb = known.get(said) or (_shortened(said, line) if count == 1 else None)
        rest = written.split(None, count)[count] if len(tokens) > count else ""
        if verb in WRITES and len(tokens) > count:  # a text keeps the full stop it ends with
            rest = plain.strip().split(None, count)[count]
        if verb and fits(verb, rest) and not (verb == "HELP" and rest and not _helps(line, rest)):
            return Command(verb, rest if verb in WRITES or verb == "SEARCH" else " ".join(rest.split()), line.strip())
    return None


@lru_cache(maxsize=500)
def _begun(said: str) -> str | None:
    verbs = {verb for word, verb in KNOWN.items() if word.startswith(said)}
    return verbs.pop() if len(verbs) == 1 else None


def _shortened(said: str, line: str) -> str | None:
    """The verb of which a word is the beginning, three letters at least and no other verb's; only in capitals."""
    if len(said) < 3 or not said.isalpha():
        return None
    verb = _begun(said)
    return None if verb is None or verb in WHOLE or not _loud(line) else verb


def _helps(line: str, rest: str) -> bool:
    """“Help Desk” stands below many names; HELP followed by another word is asked for in capitals, or with a word that is a command."""
    return _loud(line) or spelled(rest) in VERB_OF and VERB_OF[spelled(rest)] != "DESK"


def _typed(line: str) -> re.Match | None:
    """`57 ED:` says of what kind comment 57 is."""
    found = TYPED.fullmatch(line)
    return found if found and kind_of(found[2]) else None


def fits(verb: str, argument: str) -> bool:
    """Whether what follows a verb can be meant for it."""
    if len(argument) > (LONGEST_TEXT if verb in WRITES else LONGEST_ARGUMENT):
        return False
    plain = " ".join(unicodedata.normalize("NFKC", argument).split())
    return _SHAPES.get(verb, OTHER).fullmatch(plain) is not None


def _loud(line: str) -> bool:
    """Whether the first word is written in capitals, or in a script that has none."""
    first = line.strip().split()[0] if line.strip() else ""
    return bool(first) and first == first.upper()


def alone(text: str, name: str = "") -> list[Command]:
    """The commands of a reply that holds nothing else: each written as commands are, with what it needs; else none at all.

    A reply is first of all an answer: `stop` or `compare` in a sentence of somebody's own never is a command there."""
    first = next((line for line in text[:2000].split("\n") if line.strip()), "")
    found = command(first) if len(first) <= 400 else None
    if found is None or found.verb in ("ACCEPT", "DECLINE", "ATTEND", "APOLOGIES", "YES", "NO") or not _meant(found):
        return []
    commands, unread = command_lines(unsigned(f"\n{text}", name))
    return commands if not unread and all(_meant(each) for each in commands) else []


def _meant(asked: Command) -> bool:
    if asked.verb in ("PART", "RETYPE") or asked.verb == "CORRECT" and ":" in asked.argument.replace("：", ":"):
        return True
    return _loud(asked.line) and (
        bool(asked.argument) or asked.verb in ("STATUS", "HELP", "LIST", "WHICH", "STOP", "FOLLOW", "UNFOLLOW", "REVOKE", "MEANS")
    )


MENDING = ("CORRECT", "RETYPE", "WITHDRAW", "MOVE", "CONSENT")
_MENDS = re.compile(
    r"^[ \t]*(?:(?:"
    + "|".join(re.escape(word) for word, verb in VERB_OF.items() if verb in MENDING)
    + rf")\b|{ONE}[ \t]+\w{{1,12}}[ \t]?[:：])",
    re.IGNORECASE | re.MULTILINE,
)


def mending(text: str) -> tuple[list[Command], list[str]]:
    """(commands about comments of one's own that stand among the remarks of a reply, all lines that belong to them)."""
    if not _MENDS.search(_plain_letters(text)):
        return [], []
    commands, taken = [], []
    lines = text.split("\n")[:LINES]
    number = 0
    while number < len(lines):
        found = command(lines[number])
        number += 1
        if found is None or found.verb not in MENDING or not _meant(found):
            continue
        body = _below(lines, number) if found.verb in WRITES else []
        commands.append(replace(found, body="\n".join(body).strip()))
        taken += [lines[number - 1], *body]
        number += len(body)
    return commands, taken


def _plain_letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if unicodedata.category(sign) != "Mn")
