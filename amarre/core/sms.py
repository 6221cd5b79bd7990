"""Short messages, through the gateway that the house has: an address to which JSON is posted, and nothing else.

Read by `core.notices` and by the jobs that send a code. Must not know whom a number belongs to, nor what a message is
about. Not configured, no SMS leaves: callers ask `configured()` first. Numbers and texts are never logged, nor quoted
by an error.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 10
SEVEN_BIT, SIXTEEN_BIT = 160, 70
"""The longest message that leaves in one piece: in the alphabet of GSM 03.38, and in UCS-2 for any other."""
EXAMPLE = "https://jeton@passerelle.example/messages"
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€")
_NEAR = {"’": "'", "‘": "'", "–": "-", "—": "-", "·": "-", "œ": "oe", "Œ": "OE", "…": "...", "«": '"', "»": '"'}
_HERE = {"localhost", "127.0.0.1", "::1"}
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class BadAddress(ValueError):
    """`AMARRE_SMS_URL` is not an address that may be used. The message is a French sentence."""


class Later(Exception):
    """The gateway is not there, or says to come back: the queue tries again. Says what kind of fault, nothing else."""


class Never(Exception):
    """The gateway will not take this message, now or later: it is parked."""


class Gateway(Protocol):
    """What carries an SMS. Asked twice with the same key, it sends once."""

    def send(self, to: str, text: str, key: str) -> None:
        """Send. Raises `Later` or `Never`."""


def configured() -> bool:
    """Whether an SMS can leave at all."""
    return bool(settings.AMARRE_SMS_GATEWAY)


def send(to: str, text: str, key: str) -> None:
    """Send one short message to a mobile number. Raises `Later`, `Never` or `BadAddress`."""
    number = international(to)
    if not configured() or not number or not fits(text):
        raise Never
    gateway: Gateway = import_string(settings.AMARRE_SMS_GATEWAY)()
    gateway.send(number, text, key)


def international(number: str) -> str:
    """`06 12 34 56 78` as `+33612345678`; empty for what is no mobile number of France nor written with its `+`."""
    plain = re.sub(r"[\s.\-()]", "", number)
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    if re.fullmatch(r"0[67]\d{8}", plain):
        return f"+33{plain[1:]}"
    return plain if re.fullmatch(r"\+(33[67]\d{8}|(?!33)[1-9]\d{7,13})", plain) else ""


def masked(number: str) -> str:
    """A number as it may be shown to who knows it already: its last two digits."""
    return f"•• {number[-2:]}" if number else ""


def fits(text: str) -> bool:
    """Whether it leaves in one piece."""
    if set(text) <= _GSM | _TWICE:
        return sum(2 if sign in _TWICE else 1 for sign in text) <= SEVEN_BIT
    return len(text.encode("utf-16-be")) // 2 <= SIXTEEN_BIT


def plain(text: str) -> str:
    """The same, in the alphabet of GSM where a near sign is there: « août à 14 h » has no ^ and plain spaces."""
    return "".join(sign if sign in _GSM else _near(sign) for sign in text)


def _near(sign: str) -> str:
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    near = _NEAR.get(sign, base)
    return near if near and set(near) <= _GSM else sign


class _NoWayOn(HTTPRedirectHandler):
    """A gateway that sends elsewhere would have us hand the token over: refused."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class HttpGateway:
    """Posts `{"to", "text", "from", "key"}` to `AMARRE_SMS_URL`, with the token as a bearer.

    The key goes in `Idempotency-Key` too: what a worker that died may have sent is not sent again.
    """

    def __init__(self) -> None:
        parts = address()
        self.url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self.token = unquote(parts.password or parts.username or "") or os.environ.get("AMARRE_SMS_TOKEN", "")
        self.local = parts.hostname in _HERE

    def send(self, to: str, text: str, key: str) -> None:
        """Send. Raises `Later` or `Never`."""
        body = json.dumps({"to": to, "text": text, "from": settings.AMARRE_SMS_SENDER, "key": key})
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = Request(self.url, data=body.encode(), headers=headers, method="POST")
        try:
            with self._opener().open(request, timeout=SECONDS):
                return
        except HTTPError as answer:
            code = answer.code
            answer.close()
        except (OSError, HTTPException) as fault:
            raise Later(type(fault).__name__) from None
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _LATER:
            raise Later(str(code))
        raise Never(str(code))

    def _opener(self) -> OpenerDirector:
        return build_opener(_NoWayOn, *([ProxyHandler({})] if self.local else []))


def address() -> SplitResult:
    """`AMARRE_SMS_URL`, taken apart. Raises `BadAddress`."""
    try:
        parts = urlsplit(settings.AMARRE_SMS_URL)
        good = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, good = urlsplit(""), False
    if not good or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
        raise BadAddress(f"AMARRE_SMS_URL n’est pas une adresse en https. Écrivez par exemple {EXAMPLE}.")
    return parts
