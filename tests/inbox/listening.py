"""The real listener on a free port, and what a mail server says to it."""

import asyncio
import smtplib
import threading
from contextlib import contextmanager

from consult.inbox import listener


@contextmanager
def listening(app):
    """The port on which this application receives mail."""
    app.config["LMTP_LISTEN"] = "127.0.0.1:0"
    heard, told = threading.Event(), {}

    def ready(port: int) -> None:
        told["port"], told["loop"] = port, asyncio.get_running_loop()
        heard.set()

    async def serve() -> None:
        told["stop"] = asyncio.Event()
        await listener.serve(app, told["stop"], ready)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    heard.wait(10)
    try:
        yield told["port"]
    finally:
        told["loop"].call_soon_threadsafe(told["stop"].set)
        thread.join(10)


@contextmanager
def speaking(port: int, lmtp: bool = False):
    """A mail server's conversation with the listener."""
    with (smtplib.LMTP if lmtp else smtplib.SMTP)("127.0.0.1", port, timeout=10) as server:
        server.ehlo("mx.env.example")
        yield server
