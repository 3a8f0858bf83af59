"""Mail servers that are silent, false, half gone, or ask for a password: letters wait, and say why."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress

import pytest
from aiosmtpd.smtp import AuthResult

from consult.outbox.sending import close, send_due
from consult.outbox.transport import settings_of
from tests.outbox.sink import FreePort, Sink
from tests.outbox.test_outbox_sending import letter, letters

HELLO = {b"": b"220 sink\r\n", b"EHLO": b"250 sink\r\n", b"MAIL": b"250 OK\r\n", b"RCPT": b"250 OK\r\n", b"DATA": b"354 go on\r\n"}
TOGETHER = {"ehlo": b"250-sink\r\n250 PIPELINING\r\n"}
WAYS = pytest.mark.parametrize("way", [{}, TOGETHER], ids=["one by one", "together"])
SILENCE, HALF, CUT = b"", b"half", b"cut"


@contextmanager
def server_saying(**answers: bytes):
    """A server that answers each command as told; SILENCE: not at all; HALF: ends its own side only; CUT: hangs up."""
    said = HELLO | {name.upper().encode() if name != "GREETING" else b"": answer for name, answer in answers.items()}
    open_ones: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=5) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_serve, args=(server, said, open_ones))
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for connection in open_ones:
            connection.close()
        thread.join(10)


def _serve(server: socket.socket, said: dict[bytes, bytes], open_ones: list[socket.socket]) -> None:
    while True:
        try:
            connection = server.accept()[0]
        except OSError:
            return
        connection.settimeout(10)
        open_ones.append(connection)
        with suppress(OSError):
            _converse(connection, said)


def _converse(connection: socket.socket, said: dict[bytes, bytes]) -> None:
    command, lines = b"", connection.makefile("rb")
    with lines:
        while True:
            answer = said.get(command, b"250 OK\r\n")
            if answer == CUT:
                connection.shutdown(socket.SHUT_RDWR)
                return
            if answer == HALF:
                connection.shutdown(socket.SHUT_WR)
            elif answer != SILENCE:
                connection.sendall(answer)
            line = lines.readline()
            if command == b"DATA" and answer.startswith(b"354"):
                while line not in (b".\r\n", b""):
                    line = lines.readline()
                command = b"TEXT"
            else:
                command = line[:4].strip().upper()
            if not line:
                return


@pytest.fixture
def sending_to(app):
    """Sends what is due to a server on this port of this machine."""
    app.config["SMTP_TIMEOUT"] = 0.3

    def send(port: int, scheme: str = "smtp", host: str = "127.0.0.1", more: str = ""):
        app.config["SMTP_URL"] = f"{scheme}://{host}:{port}{more}"
        return send_due()

    yield send
    close()


@pytest.mark.parametrize(
    "answers",
    [
        {"GREETING": SILENCE},
        {"GREETING": HALF},
        {"GREETING": CUT},
        {"GREETING": b"421 4.3.2 come back later\r\n"},
        {"GREETING": b"554 5.3.2 not today\r\n"},
        {"mail": b"530 5.7.0 authentication required\r\n"},
    ],
)
def test_a_server_out_of_reach_leaves_all_letters_waiting_untouched(app, sending_to, answers):
    ada, ben = letters("Ada", "Ben")
    with server_saying(**answers) as port:
        assert sending_to(port).paused
    assert [(letter(n).state, letter(n).attempts) for n in (ada, ben)] == [("waiting", 0)] * 2
    assert letter(ada).answer and letter(ben).answer


@WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "text"])
@pytest.mark.parametrize("how", [SILENCE, HALF, CUT])
def test_a_server_that_falls_silent_in_the_middle_gets_the_letters_again_later(app, sending_to, stage, how, way):
    ada, ben = letters("Ada", "Ben")
    with server_saying(**way, **{stage: how}) as port:
        counts = sending_to(port)
    assert counts.paused and counts.later == 2
    assert [(letter(n).state, letter(n).attempts) for n in (ada, ben)] == [("waiting", 1)] * 2
    assert "broke" in letter(ada).answer


@WAYS
@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"mail": b"451 4.3.0 try again\r\n"}, "waiting"),
        ({"rcpt": b"450 4.2.1 busy\r\n"}, "waiting"),
        ({"text": b"452 4.2.2 mailbox full\r\n"}, "waiting"),
        ({"rcpt": b"550 5.1.1 unknown\r\n"}, "failed"),
        ({"data": b"554 5.6.0 no\r\n"}, "failed"),
        ({"text": b"554 5.7.1 content refused\r\n"}, "failed"),
    ],
)
def test_what_a_server_says_of_a_letter_is_kept_with_it(app, sending_to, answers, state, way):
    ada, ben = letters("Ada", "Ben")
    with server_saying(**way, **answers) as port:
        sending_to(port)
    assert [letter(n).state for n in (ada, ben)] == [state] * 2
    assert {letter(n).answer for n in (ada, ben)} == {next(iter(answers.values())).decode().strip()}


@WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "text"])
def test_a_server_that_says_good_bye_in_the_middle_is_asked_once_more_and_the_letter_waits(app, sending_to, stage, way):
    ada, ben = letters("Ada", "Ben")
    with server_saying(**way, **{stage: b"421 4.3.2 closing\r\n"}) as port:
        assert sending_to(port).later == 2
    assert [(letter(n).state, letter(n).answer) for n in (ada, ben)] == [("waiting", "421 4.3.2 closing")] * 2


def test_answers_that_make_no_sense_are_not_taken_for_a_letter_that_left(app, sending_to):
    (ada,) = letters("Ada")
    with server_saying(data=b"250 taken\r\n") as port:
        assert sending_to(port).later == 1
    assert letter(ada).state == "waiting"


@WAYS
def test_the_name_of_this_machine_is_asked_for_once_a_connection_at_most(app, sending_to, monkeypatch, way):
    asked = []
    monkeypatch.setattr(socket, "getfqdn", lambda name="": asked.append(name) or "here.example")
    numbers = letters("Ada", "Ben", "Cem")
    with server_saying(**way) as port:
        assert sending_to(port).sent == 3
    assert {letter(n).state for n in numbers} == {"sent"} and len(asked) <= 1


@pytest.fixture
def certificate(tmp_path):
    """A certificate for `localhost` that nobody has signed, with its key."""
    if not shutil.which("openssl"):
        if os.environ.get("CI") == "true":
            pytest.fail("openssl must be there when CI=true")
        pytest.skip("needs openssl, which is not here")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


@contextmanager
def secure_sink(context, scheme: str, **more):
    sink = Sink()
    ways = {"smtp": {"tls_context": context, "require_starttls": True}, "smtps": {"ssl_context": context}}
    controller = FreePort(sink, hostname="127.0.0.1", port=0, **ways[scheme], **more)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_no_letter(app, sending_to, certificate, scheme):
    (ada,) = letters("Ada")
    app.config["SMTP_TIMEOUT"] = 5
    with secure_sink(certificate[1], scheme) as sink:
        assert sending_to(sink.port, scheme, "localhost", "?starttls=on").paused
    assert sink.taken == []
    assert "certificate" in letter(ada).answer


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_for_another_name_is_not_believed(app, sending_to, certificate, monkeypatch, scheme):
    (ada,) = letters("Ada")
    app.config["SMTP_TIMEOUT"] = 5
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(certificate[0]))
    with secure_sink(certificate[1], scheme) as sink:
        assert sending_to(sink.port, scheme, "127.0.0.1", "?starttls=on").paused
    assert sink.taken == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the sink does not know that smtps is encrypted from the start
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_true_certificate_and_a_password_open_the_way(app, sending_to, certificate, monkeypatch, scheme):
    (ada,) = letters("Ada")
    app.config["SMTP_TIMEOUT"] = 5
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(certificate[0]))

    def knows(server, session, envelope, mechanism, login):
        return AuthResult(success=(login.login, login.password) == (b"us@er", b"p:ss"))

    with secure_sink(certificate[1], scheme, authenticator=knows, auth_required=True, auth_require_tls=scheme == "smtp") as sink:
        assert sending_to(sink.port, scheme, "us%40er:p%3Ass@localhost", "?starttls=on").sent == 1
    assert letter(ada).state == "sent" and len(sink.taken) == 1


def test_the_address_of_a_server_is_read():
    assert settings_of("smtp://mail.example")["MAIL_USE_TLS"] is True
    assert settings_of("smtp://mail.example?starttls=off")["MAIL_USE_TLS"] is False
    assert settings_of("smtp://127.0.0.1:2525")["MAIL_USE_TLS"] is False
    assert settings_of("smtps://u:p@mail.example")["MAIL_PORT"] == 465
    with pytest.raises(ValueError, match="CONSULT_SMTP_URL"):
        settings_of("mail.example")
