"""The secret of a person's link to their appointment: derived from a key of ours, kept nowhere; the row has its digest.

Read by the commands, the jobs and the doors. The link opens one appointment: no name, no reason, no space.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

PATH = "/rdv/{secret}/"


def secret_of(booking_id: int) -> str:
    """22 signs (128 bits), the same each time for a booking, unknown to who has the database alone."""
    mac = salted_hmac("amarre.appointments.link", str(booking_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")


def digest(secret: str) -> str:
    """What the database keeps, and the `token` of the actor who holds the secret."""
    return hashlib.sha256(f"rdv\0{secret}".encode()).hexdigest()


def path_of(booking_id: int) -> str:
    """Where the person goes."""
    return PATH.format(secret=secret_of(booking_id))


def fresh_feed() -> str:
    """The secret of a calendar feed (256 bits), shown once."""
    return secrets.token_urlsafe(32)
