"""Who gets what from the staff's pages of meetings: agenda, booking, hours, visits, feeds.

Read by `tests.matrix`.
"""

from __future__ import annotations

from typing import Any

from tests import matrix_appointments_agenda, matrix_appointments_book, matrix_appointments_hours


def rows(staff: Any) -> None:
    """Every family."""
    matrix_appointments_book.rows(staff)
    matrix_appointments_agenda.rows(staff)
    matrix_appointments_hours.rows(staff)


def api_rows(everybody: Any) -> None:
    """What a calendar's program asks for."""
    matrix_appointments_hours.api_rows(everybody)
