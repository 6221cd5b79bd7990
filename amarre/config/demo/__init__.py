"""The fictional service: who works there, whom they meet, what they wrote. Demo and tests only, refused in production.

Read by `amarre demo load`, the tests and the measures. Everybody in it is invented, and it looks it: telephone numbers
that ARCEP keeps for fiction, addresses in `.example`, SIREN that begin with four zeros, streets that smell of the sea.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction


def is_empty() -> bool:
    """Whether nobody has begun: there is no centre yet."""
    from amarre.organisations.models import Centre

    return not Centre.objects.exists()


def load() -> None:
    """Load the fictional service, unless a centre exists already. Runs as the owner, in one transaction."""
    from amarre.config.demo.service import make_service
    from amarre.config.demo.size import DEMO
    from amarre.core.commands import loading

    if settings.AMARRE_ENV == "production":
        raise RuntimeError("Le service fictif n’existe qu’en démonstration.")
    with transaction.atomic(), loading():
        if is_empty():
            make_service(DEMO, settings.AMARRE_DEMO_PASSWORD)
