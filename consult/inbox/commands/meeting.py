"""ATTEND and APOLOGIES as commands, for whoever no longer has the letter of invitation at hand."""

from flask_babel import gettext

from consult.errors import Refused
from consult.inbox import attending
from consult.inbox.commands.asked import Asked
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.meetings import actions as meetings
from consult.meetings import queries, showing
from consult.meetings.models import Meeting

NO_CODE = N_("There is no meeting %(code)s in your groups. These are to come: %(codes)s.")
WHICH = N_("Say which meeting you mean, by its code. For example: %(line)s")
NOTHING = N_("No meeting of your groups is to come.")


def attend(asked: Asked) -> str:
    """ATTEND CODE: one comes."""
    to, _ = _named(asked)
    meetings.answer(to, "attending", verified=asked.arrival.verified, **asked.act)
    said = gettext("%(title)s, %(when)s: it is noted that you come.", title=to.title, when=showing.span_words(to))
    return f"{said} {_back('APOLOGIES', to)}"


def apologies(asked: Asked) -> str:
    """APOLOGIES CODE why: one cannot come."""
    to, why = _named(asked)
    reason = attending.reason("\n".join(part for part in (why, asked.command.body) if part), asked.person)
    meetings.answer(to, "apologies", reason, verified=asked.arrival.verified, **asked.act)
    said = gettext("%(title)s, %(when)s: your apologies are noted.", title=to.title, when=showing.span_words(to))
    return f"{said} {_back('ATTEND', to)}"


def _back(verb: str, to: Meeting) -> str:
    return gettext("To say otherwise, send: %(line)s", line=f"{verb} {to.code}")


def _named(asked: Asked) -> tuple[Meeting, str]:
    """The meeting whose code stands first, and the words behind it; without a code the only one that is to come."""
    code, _, why = asked.argument.replace("：", ":").strip(" :").partition(" ")
    code = code.strip(" :,;.")
    known = queries.find_meeting(asked.person, code) if code else None
    if known is not None:
        return known, why.strip(" :,;–-")
    coming = queries.coming_for(asked.person, asked.at)
    if not coming:
        raise Refused(NOTHING)
    codes = ", ".join(each.code for each in coming)
    if code:
        raise Refused(NO_CODE, code=one_line(code, 60), codes=codes)
    if len(coming) > 1:
        raise Refused(WHICH, line=f"{asked.command.verb} {coming[0].code}")
    return coming[0], ""
