"""Pure: whether our own receiving server vouches for the sender of a mail (RFC 8601, 7489, 6376)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import authres

from consult.inbox.headers import Headers, moment
from consult.kit.words import N_

FRESH = timedelta(days=7)
ONCE = ("from", "to", "cc", "subject", "date", "mime-version", "content-type", "content-transfer-encoding")
NOT_CHECKED = N_("No receiving server is set up to vouch for senders.")
NO_RESULT = N_("The receiving server says nothing about the sender.")
UNREADABLE = N_("What the receiving server says about the sender cannot be read.")
OTHER_DOMAIN = N_("The checks passed for another domain than the sender's.")
DMARC_FAILED = N_("The sender's domain says that this mail is not from there.")
DMARC = N_("The sender's domain is confirmed by the receiving server (DMARC).")
ALIGNED = N_("The sender's domain is confirmed by the receiving server (SPF or DKIM).")
SIGNED = N_("The mail is signed by the sender's domain (DKIM, checked here).")
UNSIGNED = N_("Its signature does not cover the subject and the recipient.")
SHORTENED = N_("Its signature covers only a part of the text.")
EXPIRED = N_("Its signature has expired.")
OLD = N_("It was signed more than seven days ago.")
ELSEWHERE = N_("It was signed for another recipient.")


@dataclass(frozen=True)
class Trust:
    """How far a sender is believed: "verified", "unverified" or "failed"; `checked` says that a receiving server is set up."""

    level: str
    why: str
    checked: bool = True


def verdict(
    headers: Headers, from_domain: str | None, authserv_id: str | None, envelope_to: str | None, now: datetime, signed: bool = False
) -> Trust:  # fmt: skip
    """Whether the receiving server named `authserv_id` confirms that this mail is from `from_domain`; `now` is aware.

    `signed`: we have found a right signature of that domain ourselves; it counts where that server says nothing."""
    trust = _server_says(headers, from_domain, authserv_id, envelope_to, now)
    if not signed or trust.why not in (NOT_CHECKED, NO_RESULT):
        return trust
    hint = _replay_hint(headers, from_domain, envelope_to, now)
    return Trust("unverified", hint, trust.checked) if hint else Trust("verified", SIGNED)


def _server_says(headers: Headers, from_domain: str | None, authserv_id: str | None, envelope_to: str | None, now: datetime) -> Trust:
    if not authserv_id:
        return Trust("unverified", NOT_CHECKED, checked=False)
    value = own_results(headers)
    if value is None or not from_domain:
        return Trust("unverified", NO_RESULT)
    try:
        found = authres.AuthenticationResultsHeader.parse("Authentication-Results: " + value)
    except (authres.AuthResError, ValueError, AttributeError, TypeError, IndexError):
        return Trust("unverified", NO_RESULT if _id(value) != authserv_id.lower() else UNREADABLE)
    if (found.authserv_id or "").lower() != authserv_id.lower():
        return Trust("unverified", NO_RESULT)
    trust = _weighed(found.results or [], from_domain.lower())
    hint = _replay_hint(headers, from_domain, envelope_to, now)
    return Trust("unverified", hint) if trust.level == "verified" and hint else trust


def own_results(headers: Headers) -> str | None:
    """The topmost Authentication-Results, unless a Received line stands above it: then a stranger may have written it."""
    for name, value in headers.fields:
        if name == "received" and re.search(rb"\bfrom\b", value, re.IGNORECASE):
            return None
        if name == "authentication-results":
            return value.decode("latin-1")
    return None


def _id(value: str) -> str:
    return re.split(r"[;\s]", value.strip(), maxsplit=1)[0].lower()


def _weighed(results, from_domain: str) -> Trust:
    dmarc = [result for result in results if result.method == "dmarc"]
    if any(result.result in ("fail", "reject", "quarantine") for result in dmarc):
        return Trust("failed", DMARC_FAILED)
    if dmarc and all(result.result == "pass" for result in dmarc):
        named = {_property(result, "header", "from") for result in dmarc}
        return Trust("verified", DMARC) if named == {from_domain} else Trust("unverified", OTHER_DOMAIN)
    passed = [result for result in results if result.result == "pass" and result.method in ("spf", "dkim")]
    if any(aligned(_vouched(result), from_domain) for result in passed):
        return Trust("verified", ALIGNED)
    return Trust("unverified", OTHER_DOMAIN if passed else NO_RESULT)


def _property(result, kind: str, name: str) -> str:
    for found in result.properties:
        if (found.type, found.name) == (kind, name):
            return str(found.value).rpartition("@")[2].lower().strip()
    return ""


def _vouched(result) -> str:
    return _property(result, "smtp", "mailfrom") if result.method == "spf" else _property(result, "header", "d")


def aligned(domain: str, from_domain: str) -> bool:
    """Equal, or a parent of the sender's domain: who holds the parent can speak for the child, never the other way round."""
    return bool(domain) and "." in domain and (from_domain == domain or from_domain.endswith("." + domain))


def _replay_hint(headers: Headers, from_domain: str | None, envelope_to: str | None, now: datetime) -> str | None:
    """Why a signed mail may be an old one sent again by somebody else; None when nothing points to it.

    Whoever sends it again can set fields and signatures above those that were signed: so each signature of the domain has to hold."""
    signatures = [tags(value) for value in headers.all("dkim-signature")]
    signatures = [each for each in signatures if aligned(each.get("d", "").lower(), (from_domain or "").lower())] or signatures
    if not signatures:
        return None
    if any("l" in tags for tags in signatures):
        return SHORTENED
    covered = [set(re.split(r"[:\s]+", tags.get("h", "").lower())) for tags in signatures]
    if not all({"from", "to", "subject"} <= names for names in covered) or any(len(headers.all(name)) > 1 for name in ONCE):
        return UNSIGNED
    if any(tags.get("x", "").isdigit() and int(tags["x"]) < now.timestamp() for tags in signatures):
        return EXPIRED
    if _older(headers, signatures, now):
        return OLD
    return ELSEWHERE if envelope_to and not _names(headers, envelope_to) else None


def _older(headers: Headers, signatures, now: datetime) -> bool:
    signed = [int(tags["t"]) for tags in signatures if re.fullmatch(r"\d{1,12}", tags.get("t", ""))]
    if signed and min(signed) < (now - FRESH).timestamp():
        return True
    date = moment(headers.all("date")[0]) if "date" in headers else None
    return date is not None and date < now - FRESH


def _names(headers: Headers, address: str) -> bool:
    seen = b" ".join(headers.all("to") + headers.all("cc")).decode("latin-1").lower()
    return re.search(rf"(?<![\w.+-]){re.escape(address.lower())}(?![\w.-])", seen) is not None


def tags(value: bytes) -> dict[str, str]:
    """The tags of a DKIM signature."""
    pairs = (part.partition("=") for part in value.decode("latin-1").split(";"))
    return {name.strip(): re.sub(r"\s+", "" if name.strip() != "h" else " ", content.strip()) for name, _, content in pairs if name.strip()}
