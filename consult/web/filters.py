"""How things are shown: moments with their zone, sizes, texts, differences. Templates use these by name."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale, dates, lists
from flask import Flask, current_app, url_for
from flask_babel import force_locale, get_locale, get_timezone, gettext
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from consult.kit import clock, text
from consult.kit.words import N_

NAMES = {
    "page": N_("on the page"),
    "mail": N_("by e-mail"),
    "import": N_("imported"),
    "command": N_("by command"),
    "worker": N_("by itself"),
    "fax": N_("by fax"),
    "phone": N_("by telephone"),
    "paper": N_("on paper"),
    "meeting": N_("at a meeting"),
    "general": N_("general"),
    "substantive": N_("substantive"),
    "technical": N_("technical"),
    "editorial": N_("editorial"),
    "translation": N_("translation"),
    "accepted": N_("accepted"),
    "accepted-in-part": N_("accepted in part"),
    "accepted-with-modification": N_("accepted with modification"),
    "not-accepted": N_("not accepted"),
    "noted": N_("noted"),
    "clarification-needed": N_("clarification needed"),
    "straw": N_("straw poll"),
    "consensus": N_("consensus call"),
    "silence": N_("silence procedure"),
    "agree": N_("agree"),
    "can-live-with": N_("can live with it"),
    "object": N_("object"),
    "abstain": N_("abstain"),
    "agreed": N_("agreed"),
    "not-agreed": N_("not agreed"),
    "no-quorum": N_("no quorum"),
    "shown": N_("the voices are shown"),
}
"""What people read for the short codes of doors, comment types, dispositions, and kinds, choices and outcomes of polls."""
ENTERED = {
    "fax": N_("entered by %(name)s from a fax received %(when)s"),
    "phone": N_("entered by %(name)s after a telephone call, %(when)s"),
    "paper": N_("entered by %(name)s from a letter on paper received %(when)s"),
    "meeting": N_("entered by %(name)s as said at a meeting, %(when)s"),
}
"""How a comment reads that an officer entered for somebody, by the way it came."""


def init_app(app: Flask) -> None:
    """Make the filters known to templates; a name that is not there is a mistake, not an empty string."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(instant=instant, day=day, month=month, deadline=deadline, size=text.size, prose=prose)
    env.filters.update(difference=difference, named=named, told=told, together=together, entered=entered)
    env.globals.update(static_url=static_url, url_if=url_if, N_=N_)


def instant(moment: datetime, zone: str = "") -> Markup:
    """A moment in the reader's zone (or the one named), the zone always said: `23 Nov 2026, 17:00 UTC`."""
    return _marked(moment.replace(second=0, microsecond=0), zone or str(get_timezone()), str(_locale()))


def instants() -> Callable[[datetime], Markup]:
    """The same for one reader, who is asked for zone and language once: pages with a thousand moments are made with it."""
    zone, locale = str(get_timezone()), str(_locale())
    return lambda moment: _marked(moment.replace(second=0, microsecond=0), zone, locale)


def instant_words(moment: datetime, zone: str = "") -> str:
    """The same as plain words, for letters and titles."""
    return _words(moment.replace(second=0, microsecond=0), zone or str(get_timezone()), str(_locale()))


def deadline(moment: datetime, zone: str = "") -> Markup:
    """A moment and how far it is: `23 Nov 2026, 17:00 UTC (in 3 days)`."""
    away = dates.format_timedelta(moment - clock.now(), add_direction=True, locale=_locale())
    return instant(moment, zone) + Markup(' <span class="soft">({})</span>').format(away)


def day(when: date | datetime) -> Markup:
    """A day in words: `23 November 2026`."""
    if isinstance(when, datetime):
        when = when.astimezone(get_timezone()).date()
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), day_words(when))


def day_words(when: date | datetime) -> str:
    """The same as plain words, a moment by its day in UTC: for documents, which have many readers."""
    if isinstance(when, datetime):
        when = when.astimezone(UTC).date()
    return dates.format_date(when, "long", _locale())


def month(when: date | datetime) -> str:
    """A month in words: `November 2026`; a moment by its own zone."""
    return dates.format_skeleton("yMMMM", date(when.year, when.month, 1), locale=_locale())


def prose(words: str) -> Markup:
    """A draft's own text with its line breaks, everything else escaped."""
    return Markup("<br>\n").join(escape(line) for line in words.split("\n"))


def named(code: str) -> str:
    """A door, a comment type or a disposition in the reader's words; a code we have no words for as it is."""
    return gettext(NAMES.get(code, code))


def together(names: str) -> str:
    """Several names parted by semicolons as one phrase in the reader's language: `Kenya, Ghana and Peru`."""
    return lists.format_list([name.strip() for name in names.split(";") if name.strip()], locale=_locale())


def entered(name: str, door: str, when: str | Markup) -> Markup:
    """That an officer entered this for somebody, from what it came by, and when that came."""
    sentence = gettext(ENTERED[door]) if door in ENTERED else gettext("%(when)s, entered by %(name)s")
    return Markup(sentence) % {"name": Markup("<bdi>{}</bdi>").format(name), "when": when}


def told(sentence: str) -> str:
    """A kept sentence in the reader's language where we have it. In templates `_()` is for our own words: it takes them for markup."""
    return gettext(sentence) if sentence else ""


def difference(operations: Iterable[tuple[str, str]]) -> Markup:
    """What was taken out and put in, marked for the eye and said for the ear. Operations: ("same" | "del" | "ins", text)."""
    said = {"del": gettext("removed:"), "ins": gettext("added:")}
    parts = []
    for kind, words in operations:
        if kind == "same":
            parts.append(prose(words))
        else:
            parts.append(
                Markup('<{0}><span class="unseen">[{1} </span>{2}<span class="unseen">]</span></{0}>').format(
                    kind, said[kind], prose(words)
                )
            )
    return Markup("").join(parts)


def static_url(name: str) -> str:
    """The address of a file under static/, which changes when the file does."""
    path = Path(current_app.static_folder) / name
    return url_for("static", filename=name, v=_digest(path, path.stat().st_mtime_ns))


def url_if(endpoint: str, **values: object) -> str | None:
    """The address of a page, or None where this installation has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


@lru_cache(maxsize=100)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _locale() -> Locale:
    """The locale for dates: English as most of the world writes it, day before month."""
    locale = get_locale() or Locale("en")
    return Locale("en", "GB") if locale.language == "en" else locale


@lru_cache(maxsize=10_000)
def _marked(moment: datetime, zone: str, locale: str) -> Markup:
    iso = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return Markup('<time datetime="') + iso + Markup('">') + _words(moment, zone, locale) + Markup("</time>")


@lru_cache(maxsize=5000)
def _words(moment: datetime, zone: str, locale: str) -> str:
    local = moment.astimezone(clock.zone(zone))
    parsed = Locale.parse(locale)
    length = "long" if parsed.language == "ar" else "medium"  # the shorter Arabic form does not say which number is the month
    said = {"day": dates.format_date(local.date(), length, parsed), "time": local.strftime("%H:%M"), "place": zone}
    with force_locale(locale):
        if zone in ("UTC", "Etc/UTC"):
            return gettext("%(day)s, %(time)s UTC", day=said["day"], time=said["time"])
        said["place"] = dates.get_timezone_location(local.tzinfo, parsed, return_city=True)
        return gettext("%(day)s, %(time)s %(place)s time", **said)
