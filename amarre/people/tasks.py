"""How a person is reached when something is announced to them: by what they confirmed, unless they said no.

Read by the worker, through `core.notices`. Runs as the machine, which asks a definer function and reads no identity.
"""

from __future__ import annotations

from django.db import connection

from amarre.core.notices import Kind, Reach, reaches
from amarre.core.text import fold
from amarre.people.models import Channel

_LANGUAGES = {"ara": "ar", "ang": "en", "eng": "en"}


@reaches(Kind.PERSON)
def reach_of(person_id: int) -> Reach | None:
    """The address that opens their space, and the number that they confirmed; without a space there is no door."""
    with connection.cursor() as cursor:
        cursor.execute("select email, phone, channel, language, quiet from person_reach(%s)", [person_id])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    email, phone, channel, language, quiet = row
    return Reach(
        email=email, phone=phone, prefers_sms=channel == Channel.SMS, quiet=quiet,
        language=language_of(language), door="/espace/",
    )  # fmt: skip


def language_of(written: str) -> str:
    """The language of the space that is nearest to what was written in somebody's file."""
    return _LANGUAGES.get(fold(written)[:3], "fr")
