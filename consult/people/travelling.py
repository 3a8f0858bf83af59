"""Whether a file goes along with a letter to a person, and the one line that stands for it where it does not.

What people choose: no files, links, or files that fit into their largest letter. Whatever is not asked for keeps to it, office files and
images above all. Texts that somebody wants packed (`packing`) come packed whatever is chosen here: they are the letter itself.
"""

from flask import current_app
from flask_babel import gettext

from consult.kit.text import size
from consult.people.models import Person
from consult.people.rules import LARGEST_LIMIT, MAIL_LIMIT

AROUND = 3_000  # octets of a letter beside its files: headers, borders, a short text and the footer


def largest_letter(person: Person) -> int:
    """The largest letter this person is sent, in octets: what they chose, else what is usual for how they take part; 0 for no limit."""
    return person.limit_bytes or (MAIL_LIMIT if person.means == "mail" else 0)


def travels(person: Person, octets: int, beside: int = AROUND) -> bool:
    """Whether a file of so many octets goes along; `beside`: how much else the letter holds. In a letter a file grows by 37 %."""
    if person.attachments != "under":
        return False
    return beside + encoded(octets) <= (largest_letter(person) or LARGEST_LIMIT)


def encoded(octets: int) -> int:
    """How many octets a file takes inside a letter, with the lines that name it."""
    signs = (octets + 2) // 3 * 4
    return signs + (signs + 75) // 76 * 2 + 300


def instead(person: Person, name: str, octets: int, *, link: str = "", get: str = "") -> str:
    """What stands for a file that does not go along: its name, its size, and how to get it; `get`: the line to send, `GET 12 docx`.

    The link is left out for whoever has only e-mail or wants no links; the line to send is always there."""
    told = gettext("Not attached: %(name)s, %(size)s.", name=name, size=size(octets))
    ways = [link] if link and person.attachments != "none" and person.means != "mail" else []
    if get:
        ways.append(gettext("write %(line)s to %(address)s", line=get, address=f"consult@{current_app.config['MAIL_DOMAIN']}"))
    return f"{told} {gettext('To get it: %(ways)s', ways=gettext(' or ').join(ways))}" if ways else told
