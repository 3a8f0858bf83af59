"""Commands inside the answers to our letters: alone, among remarks, or as YES to what was announced."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from consult.errors import Refused
from consult.inbox import commands, courtesies, digests, lines, words
from consult.inbox.reading import own_text
from consult.inbox.results import Result
from consult.kit.words import N_

NEITHER = N_("It answers a letter that waits for YES or NO, and begins with neither. Answer once more with one of the two words.")
NO_ROUND_HERE = N_("It answers a text on which no comments are asked for. LIST shows the rounds that are open.")
OF_SETS = {"WITHDRAW", "CORRECT", "RETYPE", "MOVE", "CONSENT"}  # what a contact point says of the comments of a set


def asks(reply) -> list[lines.Command]:
    """The commands of a reply that holds nothing else; what a set of comments is settled with is none."""
    answers = reply.key.purpose == "digest" and digests.names_a_comment(reply.own)
    asked = [] if reply.mail.brought or answers else lines.alone(reply.own, reply.person.name)
    return [] if reply.of and {each.verb for each in asked} & OF_SETS else asked


def mended(asked: list[lines.Command], taken: list[str], reply, meant: Callable[..., Result]) -> Result:
    """Comments that are corrected, moved or withdrawn in the midst of new remarks: both are done, and told in one receipt."""
    told = run(asked, [], reply)
    rest = Counter(line.strip() for line in taken)
    kept = []
    for line in reply.mail.text.split("\n"):
        if rest[line.strip()] and line.strip():
            rest[line.strip()] -= 1
        else:
            kept.append(line)
    mail = replace(reply.mail, text="\n".join(kept))
    left = replace(reply, mail=mail, own=own_text(mail, reply.sent))
    if not courtesies.unsigned(f"\n{left.own}", reply.person.name).strip():
        return told
    result = meant(left)
    result.mended, result.understood = told.answers, [*told.understood, *result.understood]
    return result


def run(asked: list[lines.Command], unread: list[str], reply) -> Result:
    """Do what a reply asks; what was not understood is shown back."""
    return commands.run(asked, unread, person=reply.person, arrival=reply.arrival, key=reply.key)


def to_wish(reply) -> Result:
    """YES or NO to what was announced; further commands can be written there too."""
    word = words.answer(reply.own)
    if word in ("YES", "NO"):
        return commands.say_yes(
            reply.own, person=reply.person, arrival=reply.arrival, key=reply.key, yes=word == "YES", at=reply.arrival.received_at
        )
    asked, unread = lines.command_lines(reply.own)
    if not asked:
        raise Refused(NEITHER)
    return run(asked, unread, reply)


def to_text(reply) -> Result:
    """A text that was fetched while nobody collects comments on it."""
    raise Refused(NO_ROUND_HERE)
