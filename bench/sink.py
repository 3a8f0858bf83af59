"""A mail server that takes everything as fast as it can and forgets it. Run: python -m bench.sink PORT"""

import asyncio
import sys


class Sink(asyncio.Protocol):
    """One conversation, without a look at what is said."""

    def connection_made(self, transport) -> None:
        """Greets."""
        self.transport, self.rest, self.letter = transport, b"", False
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answers each line, and each letter once its last line is here."""
        self.rest += data
        while self.rest:
            end = self.rest.find(b"\r\n.\r\n" if self.letter else b"\r\n")
            if end < 0:
                return
            if self.letter:
                self.rest, self.letter = self.rest[end + 5 :], False
                self.transport.write(b"250 2.0.0 taken\r\n")
            else:
                line, self.rest = self.rest[:end], self.rest[end + 2 :]
                self._answer(line[:4].upper())

    def _answer(self, word: bytes) -> None:
        if word == b"DATA":
            self.letter = True
            self.transport.write(b"354 go on\r\n")
        elif word == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250-sink\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n" if word == b"EHLO" else b"250 ok\r\n")


async def serve(port: int) -> None:
    """Until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
