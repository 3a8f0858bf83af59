"""What meetings show on other pages: invitations that wait, the next meeting of a group, and on a round who could not come."""

from flask import render_template
from markupsafe import Markup

from consult.kit import clock
from consult.meetings import queries, showing
from consult.people.models import Group, Person
from consult.people.queries import may
from consult.review.models import Comment, Round


def waiting_for(person: Person) -> Markup:
    """The invitations that wait for this person's answer, on their first page."""
    found = queries.waiting_for(person)
    return Markup(render_template("meetings/_waiting.html", meetings=found, showing=showing)) if found else Markup("")


def of_group(group: Group, reader: Person) -> Markup:
    """The next meeting of the group, or the one before; for officers the way to plan one."""
    if not may(reader, "meeting.read", group.id):
        return Markup("")
    coming, manages = queries.next_of(group.id, clock.now()), may(reader, "meeting.manage", group.id)
    last = None if coming else queries.last_held(group.id)
    if not (coming or last or manages):
        return Markup("")
    own = queries.attendance(coming.id, reader.id) if coming else None
    return Markup(render_template("meetings/_group.html", group=group, coming=coming, last=last, own=own, showing=showing, manages=manages))


def of_round(of: Round, reader: Person) -> Markup:
    """On a round about the report of a meeting, or about a text that was before it: who could not come, what they said, what came of it."""
    meeting = queries.behind(of)
    if meeting is None or not may(reader, "meeting.read", of.group_id):
        return Markup("")
    absent = queries.absent(meeting)
    rows = [row for row in queries.attendances(meeting.id) if row.person_id in absent]
    said = {"absent": rows, "spoke": queries.spoke(of.id, absent), "is_report": queries.report_of(of.version.draft_id) is not None}
    return Markup(render_template("meetings/_round.html", of=of, meeting=meeting, showing=showing, **said))


def of_comment(comment: Comment, reader: Person) -> Markup:
    """Below a comment on a report, or on a text that was before a meeting: that its author could not come."""
    meeting = queries.behind(comment.round)
    if meeting is None or comment.author_id not in queries.absent(meeting) or not may(reader, "meeting.read", comment.round.group_id):
        return Markup("")
    return Markup(render_template("meetings/_comment.html", meeting=meeting))
