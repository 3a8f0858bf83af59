"""DKIM signatures checked by ourselves where no receiving server says anything: the keys are looked up here, the mail is checked apart."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from consult.errors import Refused
from consult.inbox.headers import Headers
from consult.inbox.trust import aligned, own_results, tags
from consult.office.isolated import apart

PATIENCE = 3.0  # seconds for one look-up
KEPT, KEPT_FAILED, MOST_KEPT = 3600.0, 60.0, 500
MOST_CHECKED = 2
Look = Callable[[str], bytes | None]


class Silent(Exception):
    """The DNS gives no answer just now."""


@dataclass
class Checker:
    """Checks signatures; `look` gives the TXT record of a name, None when there is none, and raises Silent when nobody answers."""

    look: Look
    authserv_id: str = ""
    _known: dict[str, tuple[float, bytes | None]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def signed(self, raw: bytes, headers: Headers, from_domain: str | None) -> bool:
        """Whether a signature of the sender's own domain covers this mail; no answer of the DNS proves nothing and is no."""
        if not from_domain or self.authserv_id and own_results(headers) is not None:
            return False
        keys = {}
        for number, value in enumerate(headers.all("dkim-signature")):
            found = tags(value)
            domain, selector = found.get("d", "").lower(), found.get("s", "").lower()
            if len(keys) < MOST_CHECKED and selector and aligned(domain, from_domain.lower()):
                key = self._key(f"{selector}._domainkey.{domain}")
                keys |= {number: key} if key else {}
        try:
            return bool(keys) and apart("consult.inbox.signatures:verified", raw, keys) is True
        except Refused:  # checking it took too much
            return False

    def _key(self, name: str) -> bytes | None:
        """The record of that name, looked up once an hour; none for a minute after the DNS did not answer."""
        now = time.monotonic()
        with self._turn:
            until, kept = self._known.get(name, (0.0, None))
        if now < until:
            return kept
        try:
            found, lasts = self.look(name), KEPT
        except Silent:
            found, lasts = None, KEPT_FAILED
        with self._turn:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[name] = now + lasts, found
        return found


def verified(raw: bytes, keys: dict[int, bytes]) -> bool:
    """Whether one of the signatures (by its place, with the record of its key) is right; called in a child process, without network."""
    import dkim

    for place, key in keys.items():
        try:
            if dkim.DKIM(raw, minkey=1024).verify(place, dnsfunc=lambda name, timeout=5, key=key: key):
                return True
        except (dkim.DKIMException, ValueError, LookupError, TypeError):  # whatever a forger writes there is no signature
            continue
    return False


def txt(name: str) -> bytes | None:
    """The TXT record of a name in the DNS, within three seconds."""
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except (dns.exception.DNSException, OSError, UnicodeError) as fault:
        raise Silent(str(fault)) from fault
    return b"".join(next(iter(answer)).strings)


def checker(config: dict) -> Checker | None:
    """What checks signatures for this process, where it is wanted (CONSULT_DKIM_CHECK)."""
    if not config.get("DKIM_CHECK"):
        return None
    return config.setdefault("DKIM_CHECKER", Checker(txt, config.get("AUTHSERV_ID", "")))
