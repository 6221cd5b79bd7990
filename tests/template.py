"""Fills the template database: migrations, walls, keyring, the cast. Run once per test run, as the owner."""

from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate, lay the walls, load the cast."""
    django.setup()
    from django.db import connection, transaction

    from amarre.collective.catalogue import ensure_offers
    from amarre.core import commands, walls
    from amarre.core.sealed import Keyring
    from amarre.organisations.defaults import ensure_defaults
    from tests.cast import load

    call_command("migrate", verbosity=0)
    walls.apply(connection)
    Keyring({}, "").with_new_key().save(Path(settings.AMARRE_KEYRING))
    with transaction.atomic(), commands.loading():
        ensure_defaults()
        ensure_offers()
        load()


if __name__ == "__main__":
    main()
