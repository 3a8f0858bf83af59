"""A real IMAP server (Dovecot) on a free port, for one test."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=a:secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
"""


@contextmanager
def mailbox_with(messages: list[bytes]):
    """The address of a mailbox that holds these messages, unread, and its folder."""
    if DOVECOT is None:
        if os.environ.get("CI") == "true":
            pytest.fail("dovecot must be there when CI=true")
        pytest.skip("needs dovecot, which is not here")
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    try:
        _fill(folder, messages)
        port = free_port()
        _configure(folder, port)
        server = subprocess.Popen([DOVECOT, "-F", "-c", folder / "dovecot.conf"], stderr=subprocess.DEVNULL)
        try:
            _wait_for(port, folder)
            yield f"imap://ada%40env.example:a%3Asecret@127.0.0.1:{port}/INBOX", folder / "mail"
        finally:
            server.terminate()
            server.wait(10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(folder: Path, messages: list[bytes]) -> None:
    folder.chmod(0o755)
    for name in ("cur", "new", "tmp"):
        (folder / "mail" / name).mkdir(parents=True)
    for number, raw in enumerate(messages):
        (folder / "mail" / "new" / f"{1000 + number}.test").write_bytes(raw)
    if os.getuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 65534, 65534)


def _configure(folder: Path, port: int) -> None:
    root = os.getuid() == 0
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()
    who = {"uid": 65534, "gid": 65534, "internal": "dovecot", "internal_group": "dovecot", "login": "dovenull"}
    if not root:
        who = {"uid": os.getuid(), "gid": os.getgid(), "internal": user, "internal_group": group, "login": user}
    (folder / "dovecot.conf").write_text(CONFIG.format(folder=folder, port=port, **who))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _wait_for(port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                if connection.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"dovecot did not start: {(folder / 'log').read_text()[-1000:] if (folder / 'log').exists() else ''}")
