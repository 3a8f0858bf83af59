"""A house where something is written all the time: comments, files and mails, until it is killed."""

import itertools
import random


def write_on(*, seed: str = "1") -> None:
    """Comments with a file each, and mails that the desk takes, one after the other without end."""
    from config import settings
    from consult import create_app
    from consult.extensions import db, transaction
    from consult.files import actions as files
    from consult.inbox import desk, spool
    from consult.outbox.actions import post
    from consult.people.queries import find_by_address
    from consult.review import actions as review
    from consult.review.models import Round

    app = create_app(settings())
    by_chance = random.Random(seed)
    with app.app_context():
        for number in itertools.count():
            with transaction():
                ada, asked = find_by_address("ada@env.example"), db.session.query(Round).one()
                text = f"Comment {number}. " + "x" * by_chance.randrange(3000)
                review.comment(asked, paragraph=None, text=text, by=ada, door="page", once=f"writing:{number}")
                files.keep(text.encode(), f"{number}.txt")
                post(kind="round", person=ada, subject=f"Letter {number}", text=text)
            raw = f"From: eve@else.example\r\nMessage-ID: <{number}@else.example>\r\n\r\nHello {number}\r\n".encode()
            spool.keep(raw, "eve@else.example", "consult@in.consult.test", "listen", app.config["DATA"])
            if number % 5 == 4:
                desk.take_waiting(3)
            if number % 50 == 49:
                desk.take_waiting()
