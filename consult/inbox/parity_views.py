"""The help page that shows the parity table: what everybody can do, on which page and by which letter."""

from flask import render_template

from consult.inbox import parity
from consult.inbox.pages import pages
from consult.people.guard import public
from consult.people.rules import COMMANDS


@pages.get("/help/parity")
@public
def parity_page():
    """Everything that can be done, with the page and the letter that do it."""
    return render_template(
        "inbox/parity.html", table=parity.by_who(), hows=parity.LETTERS, reading=parity.READ, settings=COMMANDS, offices=parity.OFFICES
    )
