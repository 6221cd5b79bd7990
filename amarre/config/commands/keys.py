"""`amarre keys`: the keyring that seals texts and files."""

import argparse
from pathlib import Path

from amarre.config.commands.base import DONE, REFUSED, FrenchParser, django_as, say, start_django
from amarre.config.home import Home, Unusable


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("keys", "Le trousseau de clés qui scelle textes et fichiers.")
    actions.command("new", "Ajoute une clé : elle scelle désormais, les anciennes ouvrent toujours.", new)
    actions.command("list", "Montre les clés, jamais leur valeur.", show)
    actions.command(
        "verify", "Ouvre chaque texte et chaque fichier scellés de la base, et dit ce qui ne s’ouvre pas.", verify
    )


def _path() -> Path:
    home = Home.from_environment()
    home.make()
    return home.keyring


def new(arguments: argparse.Namespace) -> int:
    """Add an active key."""
    path = _path()
    start_django()
    from amarre.core.sealed import Keyring

    ring = (Keyring.load(path) if path.exists() else Keyring({}, "")).with_new_key()
    ring.save(path)
    say(f"  Clé {ring.active} créée dans {path}")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """List the keys by id."""
    path = _path()
    if not path.exists():
        raise Unusable(f"Il n’y a pas de trousseau : {path}")
    start_django()
    from amarre.core.sealed import Keyring

    ring = Keyring.load(path)
    for key in sorted(ring.keys):
        say(f"{key}  {'scelle et ouvre' if key == ring.active else 'ouvre'}")
    return DONE


def verify(arguments: argparse.Namespace) -> int:
    """Open every sealed value, as the owner, and count those that do not open."""
    with django_as("owner", "keys verify"):
        from django.apps import apps

        from amarre.core.sealed import SealedBinaryField, SealedField, SealError, context_of, keyring

        ring, opened, closed = keyring(), 0, 0
        for model in apps.get_models():
            fields = [f for f in model._meta.concrete_fields if isinstance(f, SealedField)]
            if not fields or not model._meta.managed:
                continue
            heavy = any(isinstance(f, SealedBinaryField) for f in fields)  # a chunk of files is held in memory
            rows = model._base_manager.only("pk", *(f.attname for f in fields))
            for row in rows.iterator(chunk_size=4 if heavy else 500):
                for field in fields:
                    if (value := row.__dict__[field.attname]) is None:
                        continue
                    try:
                        ring.unseal_bytes(value, context_of(row, str(field.column)))
                        opened += 1
                    except SealError as error:
                        closed += 1
                        say(f"  {error}")
    say(f"{opened} texte(s) et fichier(s) ouvert(s), {closed} qui ne s’ouvre(nt) pas.")
    return REFUSED if closed else DONE
