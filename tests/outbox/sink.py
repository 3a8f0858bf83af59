"""A mail server for tests: it remembers what it took and answers as it is told."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """What was taken, and what is answered to whom."""

    taken: list[tuple[str, str, bytes]] = field(default_factory=list)  # from, to, raw
    on_rcpt: Callable[[str], str] = lambda address: "250 OK"
    on_data: Callable[[str], str] = lambda address: "250 OK taken"
    cut_after: Callable[[str], bool] = lambda address: False
    port: int = 0

    @property
    def ids(self) -> list[str]:
        """The Message-IDs in the order they came."""
        return [BytesHeaderParser().parsebytes(raw)["Message-ID"] for _, _, raw in self.taken]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's names
        """Takes or refuses the recipient as told."""
        answer = self.on_rcpt(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Keeps the letter, then answers as told, or hangs up without a word."""
        address = envelope.rcpt_tos[0]
        answer = self.on_data(address)
        if answer.startswith("2"):
            self.taken.append((envelope.mail_from, address, envelope.original_content))
        if self.cut_after(address):
            server.transport.abort()
        return answer


class FreePort(Controller):
    """A controller that finds a free port by itself."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(**behaviour):
    """A sink that listens on a free port."""
    sink = Sink(**behaviour)
    controller = FreePort(sink, hostname="127.0.0.1", port=0)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()
