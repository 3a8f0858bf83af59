"""Answers of those who draft for a Party or organization: to the set they prepare, seen by nobody else, and never by mistake to the round.

What they send is kept apart from the letters of the group: it stands at no officer's desk, only among the person's own letters.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import render_template
from flask_babel import force_locale, gettext, ngettext

from consult.delegations import actions, queries, telling
from consult.delegations.models import Contribution, Delegation
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, lines, receipts, rules, words
from consult.inbox.models import Arrival
from consult.inbox.reading import Remark, sanitised
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox.models import ReplyKey
from consult.people.models import Group, Person
from consult.review.grammar import understood

PURPOSE = "delegation"
NO_FILES = N_(
    "For the comments of a Party or organization only text is read, not files. Write your comments as text into the letter, each below "
    "the paragraph it is about or with its mark, for example [12]. Nobody but you has seen what you sent."
)
NO_SUCH_NUMBER = N_("There is no comment with the number %(number)s in the set.")


def answered(key: ReplyKey | None) -> Delegation | None:
    """The delegation for which the person of this key drafts, if what they answer is its set, its round, or a receipt about either."""
    if key is None or key.subject_id is None:
        return None
    if key.purpose == PURPOSE:
        return db.session.get(Delegation, key.subject_id)
    if key.purpose == "receipt":
        about = db.session.get(Arrival, key.subject_id)
        return answered(db.session.get(ReplyKey, about.key_id)) if about and about.key_id and not about.group_id else None
    return queries.of_person(key.person_id, key.subject_id) if key.purpose == "round" else None


def keep_apart(arrival: Arrival, key: ReplyKey, of: Delegation) -> None:
    """The arrival belongs to the delegation from here on: to no group's desk, whatever becomes of it."""
    if key.purpose != PURPOSE:
        mark = outbox.new_key(db.session.get_one(Person, key.person_id), PURPOSE, of.id)
        mark.letter_id, mark.revoked_at = key.letter_id, clock.now()
        db.session.flush()
        key = mark
    arrival.key_id, arrival.group_id, arrival.round_id = key.id, None, of.round_id


def _given_back(arrival: Arrival, key: ReplyKey, of: Delegation) -> None:
    """What somebody says for themselves is the group's like any other letter."""
    arrival.key_id, arrival.group_id = key.id, of.round.group_id


def carry_out(reply, of: Delegation, enter: Callable[..., Result]) -> Result:
    """Words that settle the set are done; remarks are drafted; below the one word MYSELF they are the person's own comments.

    `enter` reads the remarks of a mail and says them in a round."""
    if not reply.own:
        raise Refused(NO_FILES)
    arrival, own = reply.arrival, words.for_oneself(reply.own)
    about = {
        "author": reply.person, "by": reply.person, "once": f"mail:{arrival.digest}", "verified": arrival.verified,
        "at": arrival.received_at,
    }  # fmt: skip
    if own:
        _given_back(arrival, reply.key, of)
        return enter(of.round, _without(reply.mail, {own}), reply.sent, **about)
    if reply.key.purpose == "receipt" and rules.wants_undo(reply.own):
        return _undone(of, reply)
    mends, taken = lines.mending(reply.own)
    mends = [each for each in mends if each.verb == "CORRECT"]
    said = [_corrected(each, of, reply) for each in mends]
    mended = {line.strip() for line in taken} if mends else set()
    asked = [each for each in words.settling(reply.own) if each[0] not in mended] + [(line, "CORRECT", None) for line in mended if line]
    said += [_settled(verb, numbers, of, reply) for _, verb, numbers in asked if verb != "CORRECT"]
    mail = replace(_without(reply.mail, {line for line, *_ in asked}), brought=())
    result = Result("taken", understood=[{"type": "command", "id": n, "mark": verb} for n, (_, verb, _) in enumerate(asked, 1)])
    if not asked or _says_more(reply.own, asked, reply.person):
        result = enter(of.round, mail, reply.sent, say=lambda _, remarks: _drafted(of, remarks, reply), **about)
    result.failures += [(Remark(None, file.name), Refused(NO_FILES)) for file in reply.mail.brought]
    made = result.comments
    result.receipt = lambda *back: _receipt(of, made, said, result, *back)
    return result


def _without(mail, lines: set[str]):
    """The mail without these lines of the person's own."""
    return replace(mail, text="\n".join(line for line in mail.text.split("\n") if line.strip() not in lines))


def _says_more(own: str, asked: list, person: Person) -> bool:
    """Whether anything but greetings stands beside the words that settle."""
    settled = {line for line, *_ in asked}
    rest = "\n".join(line for line in own.split("\n") if line.strip() not in settled)
    return bool(courtesies.unsigned(f"\n{rest}", person.name).strip())


def _drafted(of: Delegation, remarks: list, reply) -> list[Contribution | Refused]:
    return actions.contribute_all(of, remarks, by=reply.person, door="mail", at=reply.arrival.received_at)


def _settled(verb: str, numbers: list[int] | None, of: Delegation, reply) -> str:
    """Do one line, and say what was done or why not; a line that is refused keeps no other from being done."""
    act = {"by": reply.person, "door": "mail", "at": reply.arrival.received_at}
    with force_locale(reply.person.language):
        try:
            with db.session.begin_nested():
                if verb == "SUBMIT":
                    return _submitted(actions.submit(of, verified=reply.arrival.verified, **act), of)
                if verb == "SET":
                    return ""
                return _chosen(verb, numbers, of, act)
        except Refused as refused:
            return f"{verb}: {receipts.told(refused)}"


def _submitted(made: list, of: Delegation) -> str:
    if not made:
        return gettext("SUBMIT: everything that is verified was submitted before; nothing was sent twice.")
    said = {"organization": of.organization.name, "numbers": ", ".join(str(each.number) for each in made)}
    return ngettext(
        "SUBMIT: one comment of %(organization)s stands in the round now, as number %(numbers)s.",
        "SUBMIT: %(num)s comments of %(organization)s stand in the round now, as numbers %(numbers)s.", len(made), **said,
    )  # fmt: skip


def _chosen(verb: str, numbers: list[int] | None, of: Delegation, act: dict) -> str:
    found = queries.numbered(of)
    if numbers is None:
        numbers = [number for number, each in found.items() if each.state == "pending"]
    for number in numbers:
        if number not in found:
            raise Refused(NO_SUCH_NUMBER, number=number)
    chosen = [found[number] for number in numbers]
    said = {"numbers": ", ".join(map(str, numbers))}
    if verb == "VERIFY":
        actions.verify(of, chosen, **act)
        return gettext("Verified: %(numbers)s", **said)
    if verb == "RESTORE":
        actions.restore(of, chosen, **act)
        return gettext("Put back: %(numbers)s", **said)
    if verb == "MERGE":
        actions.merge(of, chosen, **act)
        return gettext("Made one of: %(numbers)s. Read it once more and verify it.", **said)
    actions.withdraw(of, chosen, **act)
    return gettext("Withdrawn: %(numbers)s", **said)


def _corrected(asked: lines.Command, of: Delegation, reply) -> str:
    """CORRECT 3: the third comment of the set in other words."""
    number, _, first = asked.argument.replace("：", ":").partition(":")
    type, text, proposed = understood(courtesies.unsigned(f"\n{first.strip()}\n{asked.body}", reply.person.name).strip())
    with force_locale(reply.person.language):
        try:
            which = queries.numbered(of).get(int(number)) if number.strip().isdecimal() else None
            if which is None:
                raise Refused(NO_SUCH_NUMBER, number=number.strip())
            with db.session.begin_nested():
                actions.edit(
                    which, text=sanitised(unwrapped(text)) or which.text, type=type or which.type,
                    proposed=sanitised(proposed) or which.proposed, by=reply.person, door="mail", at=reply.arrival.received_at,
                )  # fmt: skip
        except Refused as refused:
            return f"CORRECT: {receipts.told(refused)}"
        return gettext("Changed: %(numbers)s", numbers=number.strip())


def _undone(of: Delegation, reply) -> Result:
    """What the mail became that the receipt is about is withdrawn again."""
    about = db.session.get_one(Arrival, reply.key.subject_id)
    made = queries.by_ids([each["id"] for each in about.understood if each["type"] == Contribution.__tablename__])
    actions.withdraw(of, made, by=reply.person, door="mail", at=reply.arrival.received_at)
    result = Result("taken", understood=[{"type": "command", "id": 1, "mark": "UNDO"}])
    number_of = {each.id: number for number, each in queries.numbered(of).items()}
    said = [gettext("Withdrawn: %(numbers)s", numbers=", ".join(str(number_of[each.id]) for each in made))]
    result.receipt = lambda *back: _receipt(of, [], said, result, *back)
    return result


def _receipt(of: Delegation, made: list[Contribution], said: list[str], result: Result, arrival: Arrival, person: Person) -> None:
    """What was understood, to the person alone; whoever leads the delegation reads the whole set below it."""
    if not person.receipts and not said and not result.failures:
        return
    leads = queries.part(of, person.id) in ("contact", "deputy")
    number_of = {each.id: number for number, each in queries.numbered(of).items()}
    with force_locale(person.language):
        text = render_template(
            "mail/inbox/delegation.txt", of=of, contact=of.contact, part=queries.part(of, person.id), said=[line for line in said if line],
            drafted=[telling.block(number_of[each.id], each) for each in made], standing=telling.standing(of), unknown=result.unknown,
            failures=[(remark, receipts.told(refused)) for remark, refused in result.failures], blocks=telling.blocks(of) if leads else [],
            verified=arrival.verified, group=db.session.get_one(Group, of.round.group_id), round=of.round,
        )  # fmt: skip
        keys = [outbox.new_key(person, "receipt", arrival.id)]
        outbox.post(
            kind="receipt", person=person, subject=gettext("Received for %(organization)s: %(title)s", organization=of.organization.name,
            title=of.round.title), text=text, once=f"receipt:{arrival.digest}", keys=keys, automatic="auto-replied",
            headers=receipts.threading(arrival),
        )  # fmt: skip
