"""What chairs, drafters of responses and contact points do by mail; what concerns a whole group is done after a YES."""

import re

from flask_babel import gettext, ngettext
from sqlalchemy import select

from consult.delegations import actions as delegations
from consult.delegations import queries as delegation_queries
from consult.delegations.models import Delegation
from consult.drafts import queries as drafts
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox import courtesies
from consult.inbox.commands import naming, wishes
from consult.inbox.commands.asked import Asked
from consult.inbox.lines import MANY, ONE, TO
from consult.inbox.reading import sanitised
from consult.inbox.unwrapping import unwrapped
from consult.inbox.words import DISPOSITION_OF, LATE_OF, POLL_OF, WHOLE_OF, spelled
from consult.kit import clock
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.actions import known_or_added
from consult.polls import actions as polls
from consult.polls.models import Poll
from consult.review import actions as review
from consult.review import queries as review_queries
from consult.review import reviewers
from consult.review.answering import proposals_to
from consult.review.models import Comment, Round
from consult.review.rules import DISPOSITIONS, LATE_MAIL, days_typed
from consult.web.filters import instant_words, named

DAY = r"(\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2})?)"
EXTENDED = re.compile(rf"R\s?\d+\s+{DAY}\s*(.*)", re.IGNORECASE | re.DOTALL)
RESPONDED = re.compile(rf"({ONE})\s+([^:：]{{1,60}}?)\s*(?:[:：]\s*(.*))?", re.IGNORECASE | re.DOTALL)
POLLED = re.compile(rf"R\s?\d+\s+(?:\[?([\w()]+)\]?\s+)?(\w+)\s+{DAY}\s*[:：]?\s*(.*)", re.IGNORECASE | re.DOTALL)
LATELY = re.compile(r"R\s?\d+\s+(\D+?)(?:\s+(\d{1,2})(?:\s*\w+)?)?", re.IGNORECASE)
CLOSED = re.compile(r"(?:close\s+)?P\s?(\d+)(?:\s+close)?", re.IGNORECASE)
ASSIGNED = re.compile(rf"({MANY})\s*{TO}\s*(.+)", re.IGNORECASE)
NAMED = re.compile(r"(add|remove|deputy|until)\b\s*(.*?)(?:\s+(?:of\s+)?R\s?\d+)?", re.IGNORECASE | re.DOTALL)
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
HOW = N_("It could not be read. For example: %(line)s")
NO_SET = N_("You prepare no set of comments for a Party or organization in that round.")
NO_ADDRESS = N_("Write the e-mail address, and for somebody new the name before it. For example: %(line)s")


def accept(asked: Asked) -> str:
    """ACCEPT: one will comment in the round, or accepts the terms of a review from outside."""
    return _invitation(asked, True)


def decline(asked: Asked) -> str:
    """DECLINE: one will not, and why."""
    return _invitation(asked, False)


def _invitation(asked: Asked, accepts: bool) -> str:
    words = naming.plain(asked.argument)
    found = naming.ROUND.search(words) or re.match(r"(\d{1,6})\b", words)
    round_id = int(found[1]) if found else asked.arrival.round_id or _only(asked)
    reason = sanitised(unwrapped(f"{words[found.end() :] if found else words}\n{asked.command.body}".strip(" :\n")))
    outside = next((each for each in reviewers.waiting_for(asked.person.id) if each.round_id == round_id), None)
    if outside is not None:
        review.accept_terms(outside, **asked.act) if accepts else review.decline_terms(outside, reason, **asked.act)
        return (
            gettext("You accept: %(title)s", title=outside.round.title)
            if accepts
            else gettext("You decline: %(title)s", title=outside.round.title)
        )
    on = naming.need_round(asked, f"R{round_id}")
    review.answer_invitation(on, accepts, reason, **asked.act)
    return gettext("You will comment: %(title)s", title=on.title) if accepts else gettext("You decline: %(title)s", title=on.title)


def _only(asked: Asked) -> int:
    """The one round that waits for this person; of several the lines to choose from."""
    waiting = [each.id for each in review_queries.open_rounds_of(asked.person.id)] + [
        each.round_id for each in reviewers.waiting_for(asked.person.id)
    ]
    if len(waiting) != 1:
        if waiting:
            naming.choose(asked.command.verb, [f"{asked.command.verb} R{each}" for each in waiting])
        raise Refused(naming.WHICH_ROUND, line=f"{asked.command.verb} R3")
    return waiting[0]


def extend(asked: Asked) -> str:
    """EXTEND R3 2026-12-20 reason: more time for everybody."""
    found = EXTENDED.fullmatch(naming.plain(asked.argument).strip())
    if not found:
        raise Refused(HOW, line="EXTEND R3 2026-12-20 many asked for more time")
    on, until = naming.need_round(asked), clock.instant(_padded(found[1]), asked.person.zone)
    people.require(asked.person, "round.manage", on.group_id)
    reason = " ".join(f"{found[2]} {asked.command.body}".split())
    told = gettext(
        "“%(title)s” would be extended to %(when)s, and everybody invited be told.",
        title=on.title,
        when=instant_words(until, asked.person.zone),
    )
    if asking := wishes.needs_yes(asked, told):
        return asking
    review.extend(on, until, reason, **asked.act)
    return gettext("“%(title)s” is extended to %(when)s.", title=on.title, when=instant_words(on.closes_at, asked.person.zone))


def remind(asked: Asked) -> str:
    """REMIND R3: a second word to all who were invited and have said nothing."""
    on = naming.need_round(asked)
    people.require(asked.person, "round.manage", on.group_id)
    if days := naming.plain(asked.argument)[len(naming.ROUND.search(naming.plain(asked.argument))[0]) :].strip():
        review.schedule(on, days_typed(days), by=asked.person, door="mail")
        return gettext("Reminders go out by themselves on these days before the deadline: %(days)s", days=", ".join(map(str, on.reminders)))
    silent = [each.person for each in review_queries.silent(on)]
    told = ngettext(
        "One person has said nothing on “%(title)s” and would be reminded.",
        "%(num)s people have said nothing on “%(title)s” and would be reminded.",
        len(silent),
        title=on.title,
    )
    if silent and (asking := wishes.needs_yes(asked, told)):
        return asking
    count = review.remind(on, silent, **asked.act)
    return ngettext("One person is reminded.", "%(num)s people are reminded.", count)


def close(asked: Asked) -> str:
    """CLOSE R3: the round ends before its deadline."""
    on = naming.need_round(asked)
    people.require(asked.person, "round.manage", on.group_id)
    if asking := wishes.needs_yes(asked, gettext("“%(title)s” would be closed now, and everybody invited be told.", title=on.title)):
        return asking
    review.close(on, **asked.act)
    return gettext("“%(title)s” is closed.", title=on.title)


def late(asked: Asked) -> str:
    """LATE R3 dated 7: what becomes of mail that comes after the deadline."""
    found = LATELY.fullmatch(naming.plain(asked.argument).strip())
    policy = LATE_OF.get(spelled(found[1])) if found else None
    if policy is None:
        raise Refused(HOW, line="LATE R3 dated 7")
    on = naming.need_round(asked)
    review.take_late_mail(on, policy, int(found[2] or on.late_days), **asked.act)
    return gettext("Mail that comes after the deadline is %(policy)s.", policy=gettext(LATE_MAIL[on.late_mail]))


def respond(asked: Asked) -> str:
    """RESPOND 57 ACCEPTED: what becomes of a comment, published at once; RESPOND R3 AGREED, RESPOND R3 DONE: for a whole round."""
    if whole := re.fullmatch(r"R\s?\d+\s+(\w+)", naming.plain(asked.argument).strip(), re.IGNORECASE):
        return _whole_round(spelled(whole[1]), asked)
    which, disposition, text = _response(asked)
    review.respond(which, disposition, text, turn=which.response.turn if which.response else 0, **asked.act)
    return gettext("The response to comment %(number)s is given.", number=which.number) + f" ({gettext(DISPOSITIONS[disposition])})"


def _whole_round(word: str, asked: Asked) -> str:
    """All responses that the team has agreed are published, or the round is said to be answered."""
    on = naming.need_round(asked)
    people.require(asked.person, "response.give", on.group_id)
    what = WHOLE_OF.get(word)
    if what is None:
        raise Refused(HOW, line=f"RESPOND R{on.id} AGREED")
    told = gettext("All agreed responses on “%(title)s” would be published.", title=on.title)
    told = told if what == "agreed" else gettext("“%(title)s” would be marked as answered.", title=on.title)
    if asking := wishes.needs_yes(asked, told):
        return asking
    if what == "done":
        review.finish_answering(on, **asked.act)
        return gettext("“%(title)s” is answered.", title=on.title)
    standing = select(Comment).where(Comment.round_id == on.id, Comment.withdrawn_at.is_(None)).order_by(Comment.number)
    agreed = [each for each in db.session.scalars(standing) if (known := proposals_to([each.id]).get(each.id)) and known.stage == "agreed"]
    given = [each for each in review.publish_agreed(on, agreed, by=asked.person, door="mail") if not isinstance(each, Refused)]
    return ngettext("One response is published.", "%(num)s responses are published.", len(given))


def assign(asked: Asked) -> str:
    """ASSIGN 57 58 TO ada@example.org: who drafts the responses."""
    found = ASSIGNED.fullmatch(naming.plain(asked.argument).strip())
    chosen = [naming.comment(asked, name) for name in re.findall(ONE, found[1], re.IGNORECASE)]
    drafter = people.find_by_address(found[2].strip(" <>"))
    if drafter is None:
        raise Refused(NO_ADDRESS, line="ASSIGN 57 TO ama@example.org")
    count = sum(review.assign(each.round, [each.id], drafter, by=asked.person, door="mail") for each in chosen)
    return ngettext("One comment is given to %(name)s.", "%(num)s comments are given to %(name)s.", count, name=drafter.name)


def propose(asked: Asked) -> str:
    """PROPOSE 57 ACCEPTED: a response is prepared for the team, and nobody else sees it."""
    which, disposition, text = _response(asked)
    known = proposals_to([which.id]).get(which.id)
    seen = (known.turn if known else 0, which.response.turn if which.response else 0)
    review.propose(review.Draft(which, disposition, text, seen=seen), **asked.act)
    return gettext(
        "The response to comment %(number)s is prepared: %(disposition)s.",
        number=which.number,
        disposition=gettext(DISPOSITIONS[disposition]),
    )


def _response(asked: Asked) -> tuple:
    found = RESPONDED.fullmatch(naming.plain(asked.argument).strip())
    disposition = DISPOSITION_OF.get(spelled(found[2])) if found else None
    if disposition is None:
        raise Refused(HOW, line=f"{asked.command.verb} 57 ACCEPTED: …  ({', '.join(sorted(DISPOSITIONS))})")
    text = courtesies.unsigned(f"\n{found[3] or ''}\n{asked.command.body}", asked.person.name).strip()
    return naming.comment(asked, found[1]), disposition, sanitised(unwrapped(text))


def poll(asked: Asked) -> str:
    """POLL R3 12 straw 2026-12-10: the question; or POLL P5 CLOSE."""
    words = naming.plain(asked.argument).strip()
    if found := CLOSED.fullmatch(words):
        return _close_poll(int(found[1]), asked)
    found = POLLED.fullmatch(words)
    kind = POLL_OF.get(spelled(found[2])) if found else None
    if kind is None:
        raise Refused(HOW, line="POLL R3 12 straw 2026-12-10: Can you live with this wording?")
    on = naming.need_round(asked, words)
    people.require(asked.person, "poll.manage", on.group_id)
    told = gettext(
        "A poll would be opened in “%(title)s” (%(kind)s), and everybody with a voice be asked.", title=on.title, kind=named(kind)
    )
    if asking := wishes.needs_yes(asked, told):
        return asking
    made = polls.open_poll(
        on, kind=kind, title=found[4].strip() or on.title, wording=sanitised(unwrapped(asked.command.body)),
        closes_at=clock.instant(_padded(found[3]), asked.person.zone), quorum=0 if kind == "straw" else 1,
        paragraph=drafts.by_mark(on.version_id, found[1]) if found[1] else None, **asked.act,
    )  # fmt: skip
    return gettext("The poll “%(title)s” is open. To close it, send: %(line)s", title=made.title, line=f"POLL P{made.id} CLOSE")


def _close_poll(number: int, asked: Asked) -> str:
    found = db.session.get(Poll, number)
    if found is None or found.round_id not in {each.id for each in naming.rounds(asked.person)}:
        raise NotFound()
    people.require(asked.person, "poll.manage", found.round.group_id)
    if asking := wishes.needs_yes(asked, gettext("The poll “%(title)s” would be closed now, and its outcome told.", title=found.title)):
        return asking
    polls.close(found, **asked.act)
    return gettext("The poll “%(title)s” is closed.", title=found.title)


def reviewer(asked: Asked) -> str:
    """REVIEWER ADD Name address, REMOVE address, DEPUTY address, UNTIL day: who drafts for a Party or organization."""
    found = NAMED.fullmatch(naming.plain(asked.argument).strip())
    if not found:
        raise Refused(HOW, line="REVIEWER ADD Ama Boateng ama@example.org")
    of, what, rest = _set_of(asked), found[1].lower(), found[2].strip()
    if what == "until":
        delegations.set_deadline(of, clock.instant(_padded(rest), asked.person.zone) if rest else None, **asked.act)
        return gettext("Your own deadline is set.") if of.closes_at else gettext("There is no own deadline now.")
    address = ADDRESS.search(rest)
    if address is None and not (what == "deputy" and not rest):
        raise Refused(NO_ADDRESS, line=f"REVIEWER {found[1].upper()} Ama Boateng ama@example.org")
    return _drafter(of, what, address[0].strip("<>,;") if address else "", rest, asked)


def _drafter(of: Delegation, what: str, address: str, rest: str, asked: Asked) -> str:
    if what == "remove":
        known = people.find_by_address(address)
        if known is None:
            raise NotFound()
        delegations.remove_reviewer(of, known, **asked.act)
        return gettext("Taken off. What was drafted stays.")
    (delegations.check_may_add if what == "add" else delegations.check_may_name)(of, asked.person)
    name = " ".join(ADDRESS.sub(" ", rest).replace("<", " ").replace(">", " ").split())
    chosen = known_or_added(name, address, organization=of.organization, by=asked.person, door="mail") if address else None
    if what == "add":
        delegations.add_reviewer(of, chosen, **asked.act)
        return gettext("Asked to draft; the letter is on its way.")
    delegations.name_deputy(of, chosen, **asked.act)
    return gettext("The deputy is named.") if of.deputy else gettext("Nobody stands in for you now.")


def _set_of(asked: Asked) -> Delegation:
    """The set this person prepares: in the round named, or the only one."""
    on: Round | None = naming.round_of(asked)
    mine = [delegation_queries.of_person(asked.person.id, on.id)] if on else delegation_queries.waiting_for(asked.person.id)
    mine = [each for each in mine if each is not None]
    if len(mine) > 1:
        naming.choose("REVIEWER", [f"REVIEWER {asked.argument} OF R{each.round_id}" for each in mine])
    if not mine:
        raise Refused(NO_SET)
    return mine[0]


def _padded(day: str) -> str:
    """A day with single digits as a form would give it."""
    date, _, time = day.strip().replace("T", " ").partition(" ")
    return "-".join(part.zfill(2) for part in date.split("-")) + (f"T{time.zfill(5)}" if time else "")
