"""The addresses that this room hands out: on a poster, on a card at the door, in a message.

Read by the papers, the jobs and the doors. Codes stand in the rows; a place's secret is in its holder's hands alone.
"""

from __future__ import annotations

SESSION, SEAT, QUESTIONS = "/actions/{}/", "/actions/place/{}/", "/avis/{}/"


def session_path(code: str) -> str:
    """The page of a session, printed on the poster: what it is, when, where, and a place if one signs up."""
    return SESSION.format(code)


def seat_path(secret: str) -> str:
    """The place of somebody, who may give it up there."""
    return SEAT.format(secret)


def questions_path(code: str) -> str:
    """The questions of the end."""
    return QUESTIONS.format(code)
