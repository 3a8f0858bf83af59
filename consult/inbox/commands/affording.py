"""What a line bears, by mail: BUDGET, ATTACHMENTS, PACK, FORM, QUIET. Every answer says before and after, and how to go back."""

from flask_babel import gettext

from consult.inbox import asking
from consult.inbox.commands import settings
from consult.inbox.commands.asked import Asked
from consult.kit.text import size
from consult.people import actions as people
from consult.people.rules import ATTACHMENTS, DIGEST_FORMS, PACKINGS


def budget(asked: Asked) -> str:
    """BUDGET: what may be sent in a month."""
    before, wanted = asked.person.budget_bytes, asking.budget(asked.argument)
    back = f"BUDGET {before // 1000} kB" if before else "BUDGET 0"
    return _changed(asked, _budget_words(before), _budget_words(wanted), back, budget_bytes=wanted)


def attachments(asked: Asked) -> str:
    """ATTACHMENTS: whether files travel along."""
    before, wanted = asked.person.attachments, asking.attachments(asked.argument)
    return _changed(asked, gettext(ATTACHMENTS[before]), gettext(ATTACHMENTS[wanted]), f"ATTACHMENTS {before}", attachments=wanted)


def pack(asked: Asked) -> str:
    """PACK: whether long texts come as packed files."""
    before, wanted = asked.person.packing, asking.packing(asked.argument)
    return _changed(asked, gettext(PACKINGS[before]), gettext(PACKINGS[wanted]), f"PACK {before or 'none'}", packing=wanted)


def form(asked: Asked) -> str:
    """FORM: how the daily or weekly letter is made; `FORM text` and `FORM html` mean FORMAT."""
    if asked.argument.strip().casefold() in ("text", "html"):
        return settings.format(asked)
    before, wanted = asked.person.digest_form, asking.digest_form(asked.argument)
    return _changed(asked, gettext(DIGEST_FORMS[before]), gettext(DIGEST_FORMS[wanted]), f"FORM {before}", digest_form=wanted)


def quiet(asked: Asked) -> str:
    """QUIET: the hours in which no news come."""
    before, wanted = (asked.person.quiet_from, asked.person.quiet_to), asking.quiet(asked.argument)
    back = "QUIET none" if before[0] is None else f"QUIET {before[0]}-{before[1]}"
    return _changed(asked, quiet_words(*before), quiet_words(*wanted), back, quiet_from=wanted[0], quiet_to=wanted[1])


def quiet_words(begins: int | None, ends: int | None) -> str:
    """Quiet hours in words."""
    if begins is None or ends is None:
        return gettext("no quiet hours")
    return gettext("no news from %(begins)s to %(ends)s", begins=f"{begins:02d}:00", ends=f"{ends:02d}:00")


def _budget_words(octets: int) -> str:
    return gettext("at most %(size)s a month", size=size(octets)) if octets else gettext("no budget")


def _changed(asked: Asked, before: str, shown: str, back: str, **prefs: object) -> str:
    people.change_preferences(asked.person, by=asked.person, door="mail", at=asked.at, **prefs)
    return gettext("From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s", shown=shown, before=before, back=back)
