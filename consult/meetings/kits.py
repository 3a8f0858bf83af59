"""What meetings put into an offline kit: the invitations that wait for its person's answer."""

from flask_babel import gettext

from consult.meetings import queries
from consult.people.models import Person


def tasks(person: Person) -> list[tuple]:
    """(title, what it is, when it begins) of each meeting to which this person is invited and has not answered."""
    what = gettext("You are invited to this meeting. Answer its letter with ATTEND, or with APOLOGIES and why. It begins:")
    return [(each.title, what, each.starts_at) for each in queries.waiting_for(person)]
