"""What the processes to be killed do, each on its own application in a folder."""

import itertools
import time
from datetime import timedelta
from pathlib import Path

from config import settings
from consult import create_app
from consult.exchange import actions as files_of_comments
from consult.inbox import desk
from consult.inbox import listener as mail_door
from consult.kit import clock
from consult.outbox.sending import send_due
from tests.conftest import make_app


def sender(folder: str, url: str, lease: str) -> None:
    """Send what is due, without end."""
    app = make_app(Path(folder), CONSULT_SMTP_URL=url)
    app.config["LEASE"] = int(lease)
    with app.app_context():
        for _ in itertools.count():
            if not send_due().total:
                time.sleep(0.05)


def listener(folder: str, port: str) -> None:
    """Take mail at that port."""
    mail_door.run(make_app(Path(folder), CONSULT_LMTP_LISTEN=f"127.0.0.1:{port}"))


def one_turn_of_the_desk(folder: str) -> None:
    """Take the mails that wait."""
    with make_app(Path(folder)).app_context():
        desk.take_waiting()


def import_worker(minutes: str) -> None:
    """The worker's part for files of comments, so many minutes ahead that the lease of the dead one has run out, until nothing is due."""
    with create_app(settings()).app_context():
        while files_of_comments.work(clock.now() + timedelta(minutes=int(minutes))):
            pass
