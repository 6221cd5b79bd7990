"""Addresses that the agenda gives to pages of its neighbours.

Read by the views beside and by « Ma journée ».
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse


def book_url(worker_id: int, starts: datetime, kind_id: int) -> str:
    """Where one books a slot: who receives, when, and for what kind of meeting."""
    said = urlencode({"worker": worker_id, "starts": starts.isoformat(), "kind": kind_id})
    return f"{reverse('staff:appointment-new')}?{said}"


def settle_url(booking_id: int) -> str:
    """Where one says what became of a meeting."""
    return reverse("staff:appointment-settle", args=[booking_id])
