"""A Consult that really runs: its processes, its database, its mail, as an operator and the post would meet them."""

import http.client
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import TypeVar

import psutil

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = "in.consult.test"
Answer = TypeVar("Answer")
PATIENCE = 90  # seconds, on a machine that is busy with other things


def until(question: Callable[[], Answer], what: str, log: Callable[[], str] = str) -> Answer:
    """The first true answer to the question; fails by name, and with the log, when none comes in time."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain for {what}\n{log()[-3000:]}"
        time.sleep(0.1)
    return answer


def free_port() -> int:
    """A port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Consult:
    """One installation in a folder of its own. `start` runs `consult up`; everything else is what people do with it."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder, self.port, self.mail_port = folder, free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None
        self.log = folder.with_suffix(".log")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")} | {
            "CONSULT_DATA": str(folder), "CONSULT_DATABASE_URL": database, "CONSULT_URL": self.url, "CONSULT_SMTP_URL": "",
            "CONSULT_SECRET_KEY": "a key for journeys", "CONSULT_MAIL_DOMAIN": DOMAIN, "CONSULT_LISTEN": f"127.0.0.1:{self.port}",
            "CONSULT_LMTP_LISTEN": f"127.0.0.1:{self.mail_port}", "CONSULT_AUTHSERV_ID": "", "CONSULT_IMAP_URL": "",
        }  # fmt: skip

    def start(self, *options: str) -> "Consult":
        """`consult up`, until all three parts say that they live."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "consult", "up", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: self.health()[0] == 200, "/healthz to answer 200", lambda: f"{self.health()}\n{self.said()}")
        return self

    def stop(self, number: int = signal.SIGINT, patience: float = 40) -> int:
        """What Ctrl-C does: the signal goes to every process of the group, and none may be left. Returns the exit status."""
        os.killpg(self.process.pid, number)
        try:
            status = self.process.wait(patience)
            left = [(process.pid, process.ppid(), process.status(), process.num_fds()) for process in self.family()]
            assert not left, f"processes are left: {left}\n{self.said()[-2000:]}"
            return status
        finally:
            self.end()

    def end(self) -> None:
        """Whatever still runs is killed, so that no test leaves anything behind."""
        if self.process is not None:
            for process in self.family():
                process.kill()
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait(10)

    def family(self) -> list[psutil.Process]:
        """Every process that belongs to this `consult up`, itself included: those of its session."""
        found = []
        for process in psutil.process_iter():
            try:
                if os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (ProcessLookupError, psutil.NoSuchProcess):
                continue
        return found

    def said(self) -> str:
        """All that it printed so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def health(self) -> tuple[int, str]:
        """Status and lines of /healthz; status 0 while nobody answers."""
        try:
            status, _, body = self.get("/healthz")
        except OSError:
            return 0, ""
        return status, body.decode()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One request as bytes on the wire: status, headers in small letters, body as it came, still compressed."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as wire:
            wire.request("GET", path, headers={"Host": f"127.0.0.1:{self.port}", **headers})
            answer = wire.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def command(self, *words: str, **environment: str) -> str:
        """What `consult …` prints when all is well."""
        done = self._called(words, environment)
        assert done.returncode == 0, f"consult {' '.join(words)}: status {done.returncode}\n{done.stderr}"
        return done.stdout

    def refused(self, *words: str, **environment: str) -> str:
        """The one line in which `consult …` says why not."""
        done = self._called(words, environment)
        assert done.returncode != 0 and done.stderr.strip().count("\n") == 0 and done.stderr.startswith("Error: "), done.stderr
        return done.stderr

    def _called(self, words: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess:
        called, known = [sys.executable, "-m", "consult", *words], self.environment | environment
        return subprocess.run(called, cwd=ROOT, env=known, capture_output=True, encoding="utf-8", timeout=120)

    def letters(self, address: str, containing: str = "") -> list[EmailMessage]:
        """The letters to this person so far, oldest first, whose raw bytes passed the strictest parser."""
        found = []
        for path in sorted((self.folder / "post" / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default.clone(raise_on_defect=True))
            if (
                address in [to for _, to in getaddresses(letter.get_all("To", []))]
                and containing in f"{letter['Subject']}\n{text_of(letter)}"
            ):
                found.append(letter)
        return found

    def letter(self, address: str, containing: str = "") -> EmailMessage:
        """The newest letter to this person with these words in it, once it has come."""
        return until(lambda: self.letters(address, containing), f"a letter to {address} with {containing!r}", self.said)[-1]

    def deliver(self, message: EmailMessage, sender: str, to: str, lmtp: bool = False) -> None:
        """Hand a mail to the real listener, as a mail server does."""
        with (smtplib.LMTP if lmtp else smtplib.SMTP)("127.0.0.1", self.mail_port, timeout=30) as server:
            refused = server.send_message(message, sender, [to])
        assert not refused


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter as a reader sees it."""
    return letter.get_body(("plain",)).get_content()


def reply_to(letter: EmailMessage) -> str:
    """Where an answer to this letter goes."""
    return getaddresses([letter["Reply-To"]])[0][1]
