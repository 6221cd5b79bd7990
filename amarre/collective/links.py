"""The addresses that this room hands out: on a poster, on a card at the door, in a message.

Read by the papers, the jobs and the doors. Codes stand in the rows; a place's secret is derived from a key of ours and
kept nowhere: its holder has it, the row has its digest, a message can carry it again.
"""

from __future__ import annotations

import base64
import hashlib

from django.utils.crypto import salted_hmac

SESSION, SEAT, QUESTIONS = "/actions/{}/", "/actions/place/{}/", "/avis/{}/"


def session_path(code: str) -> str:
    """The page of a session, printed on the poster: what it is, when, where, and a place if one signs up."""
    return SESSION.format(code)


def seat_path(secret: str) -> str:
    """The place of somebody, who may give it up there."""
    return SEAT.format(secret)


def secret_of(seat_id: int) -> str:
    """22 signs (128 bits), the same each time for a place, unknown to who has the database alone."""
    mac = salted_hmac("amarre.collective.seat", str(seat_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")


def digest(secret: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(f"seat\0{secret}".encode()).hexdigest()


def questions_path(code: str) -> str:
    """The questions of the end."""
    return QUESTIONS.format(code)
