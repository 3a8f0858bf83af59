"""One word answered to a poll: the person's voice, and below it the reason."""

from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, receipts, rules
from consult.inbox.models import Arrival
from consult.inbox.reading import sanitised
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.people.models import Group, Person
from consult.polls import actions as polls
from consult.polls import queries, voices
from consult.polls.models import Poll
from consult.web.filters import instant_words, named

NO_WORD = N_(
    "It could not be read as a voice. Answer again with one of these alone on the first line: %(words)s. Below it you can write why; "
    "a condition makes it an objection or a remark, but the first line must say which."
)


def give(on: Poll, own: str, arrival: Arrival, *, by: Person) -> Result:
    """Enter the voice, or with UNDO take it back; raises Refused with the rule's own words, or where no word says which voice it is."""
    at = arrival.received_at
    if rules.wants_undo(own):
        polls.unvote(on, by=by, door="mail", at=at)
        return Result("taken", understood=[{"type": "unvote", "id": on.id, "mark": ""}], receipt=lambda *about: _receipt(on, *about))
    choice, below = voices.voice(own)
    if choice is None:
        raise Refused(NO_WORD, words=", ".join(voices.named(by.language).values()))
    reason = unwrapped(courtesies.unsigned(f"\n{below}", by.name).strip())
    made = polls.vote(on, choice, sanitised(reason), verified=arrival.verified, by=by, door="mail", at=at)
    return Result("taken", understood=[{"type": "vote", "id": made.id, "mark": choice}], receipt=lambda *about: _receipt(on, *about))


def _receipt(on: Poll, arrival: Arrival, person: Person) -> None:
    """Which voice stands now and until when it can be changed. An answer to this letter is another voice in the poll."""
    if not person.receipts:
        return
    group, voice = db.session.get_one(Group, on.round.group_id), queries.own_vote(on.id, person.id)
    with force_locale(person.language):
        key = outbox.new_key(person, "poll", on.id, group_id=group.id)
        subject = gettext("Your voice is taken back – %(title)s", title=on.title)
        if voice:
            subject = gettext("Your voice: %(choice)s – %(title)s", choice=named(voice.choice), title=on.title)
        receipts.Back(arrival, person, group.name, [key]).post(
            "receipt", subject, "voice", once=f"receipt:{arrival.digest}", poll=on, voice=voice, group=group,
            choice=named(voice.choice) if voice else "", until=instant_words(on.closes_at, person.zone),
            standing=queries.standing(person, group.id), words=voices.named(person.language), verified=arrival.verified,
        )  # fmt: skip
