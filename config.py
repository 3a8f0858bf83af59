"""Settings read from the environment (and a `.env` file), with defaults that run on a fresh machine."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent


def settings(environment: dict[str, str] | None = None) -> dict:
    """Everything the application needs to know, as a Flask configuration mapping."""
    if environment is None:
        load_dotenv(ROOT / ".env")
        environment = dict(os.environ)
    data = Path(environment.get("CONSULT_DATA", "var")).absolute()
    url = environment.get("CONSULT_URL") or "http://" + environment.get("CONSULT_LISTEN", "127.0.0.1:8000")
    parts = urlsplit(url)
    return {
        "DATA": data,
        "SQLALCHEMY_DATABASE_URI": environment.get("CONSULT_DATABASE_URL") or f"sqlite:///{data}/consult.db",
        # What a failing statement was given may be a password's hash or a letter with a link in it: it stays out of the log.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "SECRET_KEY": environment.get("CONSULT_SECRET_KEY") or _kept_secret(data),
        "URL": url.rstrip("/"),
        "SERVER_NAME": parts.netloc,
        "PREFERRED_URL_SCHEME": parts.scheme,
        "SECURE": parts.scheme == "https",
        "MAIL_DOMAIN": environment.get("CONSULT_MAIL_DOMAIN") or _mail_domain(parts.hostname or ""),
        "SMTP_URL": environment.get("CONSULT_SMTP_URL", ""),
        "LISTEN": _address(environment, "CONSULT_LISTEN", "127.0.0.1:8000"),
        "LMTP_LISTEN": _address(environment, "CONSULT_LMTP_LISTEN", "127.0.0.1:8024"),
        "DKIM_CHECK": environment.get("CONSULT_DKIM_CHECK", "") not in ("", "0", "no"),
        "DKIM_KEY": environment.get("CONSULT_DKIM_KEY", ""),
        "DKIM_SELECTOR": environment.get("CONSULT_DKIM_SELECTOR") or "consult",
        "DKIM_DOMAIN": environment.get("CONSULT_DKIM_DOMAIN", ""),
        "AUTHSERV_ID": environment.get("CONSULT_AUTHSERV_ID", ""),
        "IMAP_URL": environment.get("CONSULT_IMAP_URL", ""),
        # Where answers on paper go, as sheets for fax and post name it; the lines of the address are parted by |.
        "FAX": environment.get("CONSULT_FAX", ""),
        "POST_ADDRESS": [line.strip() for line in environment.get("CONSULT_POST", "").split("|") if line.strip()],
        "FILES_URL": environment.get("CONSULT_FILES_URL", ""),
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 5 * 1024 * 1024,
        "PROXIES": _number(environment, "CONSULT_PROXIES"),
    }


def _number(environment: dict[str, str], name: str) -> int:
    given = environment.get(name) or "0"
    if not given.isdigit():
        raise ValueError(f"{name} must be a number, not {given!r}")
    return int(given)


def _address(environment: dict[str, str], name: str, default: str) -> str:
    given = environment.get(name) or default
    host, colon, port = given.rpartition(":")
    if not (host and colon and port.isdigit() and int(port) < 65536):
        raise ValueError(f"{name} must be an address and a port such as {default}, not {given!r}")
    return given


def _mail_domain(host: str) -> str:
    """The pages' own host name; where that is only a number or a machine's short name, one that can never reach anybody."""
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return host if is_name else "consult.example"


def _kept_secret(data: Path) -> str:
    """The secret key made at the first start and kept beside the database, readable by its owner only."""
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_hex(32))
        except FileExistsError:
            pass
    return kept.read_text().strip()
