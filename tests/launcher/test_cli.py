"""`amarre`: each command does what its French help says, and its exit code means something."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from amarre.config.cli import main, parser
from amarre.config.database import opened, prepare_cluster
from amarre.config.home import Home
from amarre.config.places import find_binaries
from amarre.config.postgres import Cluster
from tests.launcher.running import amarre


def all_commands(top, before=()):
    for name, sub in top._branches.choices.items():
        yield (*before, name)
        if hasattr(sub, "_branches"):
            yield from all_commands(sub, (*before, name))


COMMANDS = list(all_commands(parser()))


@pytest.fixture(scope="module")
def data():
    """Data with its keyring, its database and its walls, in production."""
    directory = Path(tempfile.mkdtemp(prefix="amarre cli "))
    directory.chmod(0o755)
    for words in (("keys", "new"), ("migrate",)):
        made = amarre(*words, data=directory)
        assert made.returncode == 0, made.stderr
    yield directory
    shutil.rmtree(directory)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_french(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*words, "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert said.startswith("Usage\N{NO-BREAK SPACE}: ")
    assert not re.search(r"usage:|options:|positional|show this", said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inconnue"], "« inconnue » n’est pas connu"),
        (["keys"], "il manque"),
        (["backup"], "il manque"),
        (["doctor", "--vite"], "mot inconnu"),
    ],
)
def test_a_command_badly_written_is_2_and_told_in_french(words, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_keys_are_added_listed_and_verified(data):
    first = amarre("keys", "list", data=data)
    assert first.stdout.count("scelle et ouvre") == 1
    assert amarre("keys", "new", data=data).returncode == 0
    second = amarre("keys", "list", data=data).stdout
    assert len(second.splitlines()) == len(first.stdout.splitlines()) + 1
    assert second.count("scelle et ouvre") == 1
    verified = amarre("keys", "verify", data=data)
    assert verified.returncode == 0, verified.stderr
    assert "0 qui ne s’ouvre" in verified.stdout


@pytest.mark.slow
def test_the_journal_is_verified(data):
    verified = amarre("audit", "verify", data=data)
    assert verified.returncode == 0, verified.stderr
    assert "intact" in verified.stdout


@pytest.mark.slow
def test_the_doctor_finds_nothing_then_finds_the_lost_keyring(data):
    well = amarre("doctor", data=data)
    faults = [line for line in well.stdout.splitlines() if line.startswith("✗")]
    assert [line.split()[1] for line in faults] == ["Courriel"], well.stdout + well.stderr
    assert well.returncode == 1
    (data / "keyring.json").rename(data / "keyring.away")
    unwell = amarre("doctor", data=data)
    (data / "keyring.away").rename(data / "keyring.json")
    assert unwell.returncode == 1
    assert "✗ Trousseau" in unwell.stdout


@pytest.mark.slow
def test_a_second_migration_has_nothing_to_do(data):
    again = amarre("migrate", data=data)
    assert again.returncode == 0
    assert "à jour" in again.stdout


def counts(url):
    with psycopg.connect(url) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in tables}


@pytest.mark.slow
def test_a_backup_is_private_and_restores_every_row(data, place, monkeypatch):
    saved = amarre("backup", str(place / "copies"), data=data)
    assert saved.returncode == 0, saved.stderr
    (dump,) = (place / "copies").glob("*.dump")
    assert dump.stat().st_mode & 0o777 == 0o600
    monkeypatch.delenv("DATABASE_URL")
    home, other = Home(data), Home(place / "restored")
    other.make()
    source, target = Cluster(home.cluster), Cluster(other.cluster, durable=False)
    try:
        before = counts(prepare_cluster(source, home).owner)
        prepare_cluster(target, other)
        restored = subprocess.run(
            [
                find_binaries() / "pg_restore",
                "--exit-on-error",
                f"--dbname={target.superuser_url('amarre')}",
                dump,
            ],
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert restored.returncode == 0, restored.stderr
        after = counts(prepare_cluster(target, other).owner)
    finally:
        source.stop()
        target.destroy()
    assert before == after
    assert before["django_migrations"] > 50


@pytest.mark.slow
def test_a_house_server_is_prepared_migrated_and_well(place):
    house = Cluster(place / "house", durable=False)
    try:
        superuser = house.start()
        data = place / "var"
        prepared = amarre("prepare", "--database", "social", data=data, AMARRE_SUPERUSER_URL=superuser)
        assert prepared.returncode == 0, prepared.stderr
        addresses = dict(line.split("=", 1) for line in prepared.stdout.splitlines())
        again = amarre("prepare", "--database", "social", data=data, AMARRE_SUPERUSER_URL=superuser)
        assert again.stdout == prepared.stdout
        assert amarre("keys", "new", data=data).returncode == 0
        migrated = amarre("migrate", data=data, AMARRE_OWNER_URL=addresses["AMARRE_OWNER_URL"])
        assert migrated.returncode == 0, migrated.stderr
        seen = amarre("doctor", data=data, DATABASE_URL=addresses["DATABASE_URL"])
        assert "✓ Cloisons" in seen.stdout, seen.stdout + seen.stderr
        assert amarre("migrate", data=data, DATABASE_URL=addresses["DATABASE_URL"]).returncode == 1
    finally:
        house.destroy()


FILE = """SIRET;Raison sociale;Commune
73282932000074;Cordages du Ponant (fictif);Brest
73282932000075;Voiles d'Essai (fictif);Brest
"""


@pytest.mark.slow
def test_companies_are_tried_then_imported_then_unchanged(data, place):
    file = place / "entreprises.csv"
    file.write_text(FILE, "utf-8")
    tried = amarre("import", "companies", str(file), "--dry-run", data=data)
    assert "1 établissement(s) créé(s)" in tried.stdout, tried.stderr
    imported = amarre("import", "companies", str(file), data=data)
    assert "1 établissement(s) créé(s)" in imported.stdout
    assert "ligne 3" in imported.stdout
    assert "73282932000075" in imported.stdout
    assert imported.returncode == 1, "a row was left out"
    again = amarre("import", "companies", str(file), data=data)
    assert "0 établissement(s) créé(s), 0 modifié(s), 1 inchangé(s)" in again.stdout
    missing = amarre("import", "companies", str(place / "nowhere.csv"), data=data)
    assert missing.returncode == 1
    assert "ne peut pas être lu" in missing.stderr


@pytest.mark.slow
def test_the_directory_is_tried_then_imported_then_withdrawn(data, place):
    file = place / "port.json"
    file.write_text('[{"source": "port", "id": "port--1", "nom": "Halte", "date_maj": "2026-01-05"}]', "utf-8")
    tried = amarre("import", "data-inclusion", str(file), "--dry-run", data=data)
    assert "Structures : 1 créée(s)" in tried.stdout, tried.stderr
    assert "Structures : 1 créée(s)" in amarre("import", "data-inclusion", str(file), data=data).stdout
    again = amarre("import", "data-inclusion", str(file), data=data)
    assert (again.returncode, "1 inchangée(s)" in again.stdout) == (0, True), again.stderr
    file.write_text('[{"source": "port", "id": "port--2", "nom": "Autre", "date_maj": "hier"}]', "utf-8")
    bad = amarre("import", "data-inclusion", str(file), "--complet", data=data)
    assert bad.returncode == 1, "a row was left out"
    assert "date_maj" in bad.stdout
    other = amarre("import", "finess", str(file), data=data)
    assert other.returncode == 1
    assert "structureet" in other.stderr


@pytest.mark.slow
def test_the_first_account_is_invited_listed_closed_and_written_down(data, monkeypatch):
    invited = amarre("users", "invite", "Premiere.Admin@example.org", "--name", "Première Admin", data=data)
    assert invited.returncode == 0, invited.stderr
    assert "/compte/invitation/" in invited.stdout
    again = amarre("users", "invite", "premiere.admin@example.org", data=data)
    assert "/compte/invitation/" in again.stdout
    assert again.stdout != invited.stdout, "the link before no longer works"
    listed = amarre("users", "list", data=data).stdout
    assert listed.count("premiere.admin@example.org") == 1
    assert "administration du service" in listed
    assert amarre("users", "disable", "premiere.admin@example.org", data=data).returncode == 0
    assert amarre("users", "disable", "premiere.admin@example.org", data=data).returncode == 1
    assert amarre("users", "invite", "premiere.admin@example.org", data=data).returncode == 1
    assert amarre("users", "invite", "pas-une-adresse", data=data).returncode == 1
    monkeypatch.delenv("DATABASE_URL")
    with opened(Home(data, "production"), "test") as urls, psycopg.connect(urls.owner) as connection:
        written = connection.execute("select verb from audit_entry where verb like 'account.%' order by at")
        assert [verb for (verb,) in written] == ["account.invite", "account.invite", "account.disable"]
