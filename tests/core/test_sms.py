"""The SMS gateway, against a real local HTTP server: what is posted, tried again, parked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from amarre.accounts.models import Mail
from amarre.core import sms
from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from tests.cast import as_owner

TOKEN = "jeton-secret"


@dataclass
class Listener:
    """Keeps what is posted; answers each message as told, once kept."""

    posted: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    arrived: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event | None = None
    url: str = ""


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.posted.append({**body, "headers": dict(self.headers), "path": self.path})
            heard.kept.setdefault(self.headers["Idempotency-Key"], body)
            heard.arrived.set()
            if heard.hold:
                heard.hold.wait(30)
            self.send_response(heard.status)
            for name, value in heard.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    heard.url = f"http://{TOKEN}@127.0.0.1:{server.server_port}/messages"
    yield heard
    if heard.hold:
        heard.hold.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def gateway(settings: Any, listener: Listener) -> Listener:
    settings.AMARRE_SMS_URL, settings.AMARRE_SMS_GATEWAY = listener.url, "amarre.core.sms.HttpGateway"
    return listener


def test_a_message_is_posted_with_its_key_and_the_token(gateway: Listener) -> None:
    sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")
    (posted,) = gateway.posted
    headers = posted.pop("headers")
    assert posted == {
        "to": "+33639980012", "text": "Un message vous attend.", "from": "MonEspace", "key": "notice-1",
        "path": "/messages",
    }  # fmt: skip
    assert (headers["Authorization"], headers["Idempotency-Key"]) == (f"Bearer {TOKEN}", "notice-1")


@pytest.mark.parametrize(("status", "fault"), [
    (500, sms.Later), (503, sms.Later), (429, sms.Later), (408, sms.Later), (400, sms.Never), (401, sms.Never),
    (404, sms.Never), (422, sms.Never),
])  # fmt: skip
def test_what_comes_back_later_and_what_never(gateway: Listener, status: int, fault: type[Exception]) -> None:
    gateway.status = status
    with pytest.raises(fault) as raised:
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")
    assert str(raised.value) == str(status), "neither number, nor text, nor token"


def test_it_is_not_led_elsewhere(gateway: Listener) -> None:
    gateway.status, gateway.headers = 302, {"Location": gateway.url.replace(f"{TOKEN}@", "").replace("messages", "x")}
    with pytest.raises(sms.Never):
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")
    assert [posted["path"] for posted in gateway.posted] == ["/messages"]


def test_nobody_there(settings: Any) -> None:
    settings.AMARRE_SMS_GATEWAY, settings.AMARRE_SMS_URL = "amarre.core.sms.HttpGateway", "http://127.0.0.1:9/x"
    with pytest.raises(sms.Later) as raised:
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")
    assert (str(raised.value), raised.value.__cause__) == ("URLError", None)


@pytest.mark.parametrize("url", [
    "http://passerelle.example/x", "ftp://passerelle.example", "passerelle.example", "https://", "https://a:b:c/",
    "file:///etc/passwd", "http://127.0.0.1.example/x",
])  # fmt: skip
def test_only_https_or_this_machine(settings: Any, url: str) -> None:
    settings.AMARRE_SMS_GATEWAY, settings.AMARRE_SMS_URL = "amarre.core.sms.HttpGateway", url
    with pytest.raises(sms.BadAddress, match="n’est pas une adresse en https"):
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")


def test_without_a_gateway_nothing_leaves(settings: Any) -> None:
    settings.AMARRE_SMS_GATEWAY = ""
    assert not sms.configured()
    with pytest.raises(sms.Never):
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")


@pytest.mark.parametrize(("written", "sent"), [
    ("06 39 98 00 12", "+33639980012"), ("07.39.98.00.12", "+33739980012"), ("+33 6 39 98 00 12", "+33639980012"),
    ("0033639980012", "+33639980012"), ("+262 692 00 00 00", "+262692000000"), ("01 40 00 00 00", ""),
    ("+33 1 40 00 00 00", ""), ("", ""), ("06 39 98", ""), ("112", ""), ("06 39 98 00 12 ; 06", ""),
])  # fmt: skip
def test_numbers(written: str, sent: str) -> None:
    assert sms.international(written) == sent


@pytest.mark.parametrize(("written", "sent"), [
    ("mercredi\u00a01er août à 14\u202fh\u202f30", "mercredi 1er aout à 14 h 30"),
    ("l’été, êtes-vous là ?", "l'été, etes-vous là ?"),
    ("cœur · naïf – ça", "coeur - naif - ca"), ("ديسمبر", "ديسمبر"), ("", ""), ("😀", "😀"),
])  # fmt: skip
def test_the_nearest_signs(written: str, sent: str) -> None:
    assert sms.plain(written) == sent


@pytest.mark.django_db
def test_in_the_demonstration_it_is_kept_once_by_key() -> None:
    with acting_as(MACHINE):
        for _ in range(2):
            sms.send("06 39 98 00 12", "Un message vous attend.", "notice-1")
        sms.send("06 39 98 00 12", "Un message vous attend.", "notice-2")
    with as_owner():
        assert Mail.objects.filter(to="+33639980012", subject="SMS").count() == 2
