"""Pure: keeping the secrets of links out of what is written down about requests."""

import logging
import re

_SECRET = re.compile(r"(/l/[a-z-]+/)[^/\s\"'?#]+")


def redacted(line: str) -> str:
    """The line with the secret of every link in it left out."""
    return _SECRET.sub(r"\1…", line)


class Redact(logging.Filter):
    """For any handler that writes addresses of pages: takes the secrets out of the line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The record stays; its words are cleaned."""
        line = record.getMessage()
        if "/l/" in line:
            record.msg, record.args = redacted(line), None
        return True
