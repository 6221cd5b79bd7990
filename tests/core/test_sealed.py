"""Text under seal: it opens in its place with its key, and nowhere else; nobody finds it in what the disk holds."""

from __future__ import annotations

import logging
import os
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from amarre.cases.models import Case, Note, Situation
from amarre.config.places import find_binaries
from amarre.core import commands
from amarre.core.scope import acting_as
from amarre.core.sealed import Ciphertext, Keyring, SealedField, SealError, keyring
from amarre.intake.models import Statement
from tests.cast import actor, as_owner
from tests.harness import WORKER_DATABASE
from tests.rows import CANARIES, INES_CASE

pytestmark = pytest.mark.django_db

RING = Keyring({}, "").with_new_key()
PLACE = "cases_note.body:1"


def sealed_fields() -> list[tuple[type[models.Model], SealedField]]:
    return [
        (m, f)
        for m in apps.get_models()
        for f in m._meta.concrete_fields
        if isinstance(f, SealedField) and m._meta.managed
    ]


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.text(max_size=3000))
def test_any_text_comes_back_whole(text: str) -> None:
    assert RING.unseal(RING.seal(text, PLACE), PLACE) == text


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert len({bytes(RING.seal("Elle ne dort plus.", PLACE)) for _ in range(200)}) == 200


def test_every_bit_that_changes_is_seen() -> None:
    sealed = bytes(RING.seal("Elle dort mal depuis mars.", PLACE))
    for position in range(len(sealed)):
        for bit in (1, 128):
            altered = bytearray(sealed)
            altered[position] ^= bit
            with pytest.raises(SealError):
                RING.unseal(bytes(altered), PLACE)
    for cut in (0, 1, 9, 10, 21, 22, len(sealed) - 1):
        with pytest.raises(SealError):
            RING.unseal(sealed[:cut], PLACE)
    with pytest.raises(SealError):
        RING.unseal(sealed + b"\0", PLACE)


@pytest.mark.parametrize("elsewhere", ["cases_note.body:2", "cases_note.place:1", "cases_case.safety:1", ""])
def test_a_text_that_was_moved_does_not_open(elsewhere: str) -> None:
    with pytest.raises(SealError):
        RING.unseal(RING.seal("x", PLACE), elsewhere)


def test_a_wrong_key_is_an_error_and_never_mangled_text() -> None:
    sealed = RING.seal("Elle dort mal.", PLACE)
    same_name = Keyring({RING.active: os.urandom(32)}, RING.active)
    for ring in (same_name, Keyring({}, "").with_new_key()):
        with pytest.raises(SealError):
            ring.unseal(sealed, PLACE)


def test_new_keys_seal_and_old_ones_still_open() -> None:
    before = RING.seal("avant", PLACE)
    rotated = RING.with_new_key().with_new_key()
    after = rotated.seal("après", PLACE)
    assert rotated.unseal(before, PLACE) == "avant"
    assert rotated.unseal(after, PLACE) == "après"
    assert before.key_id == RING.active != after.key_id == rotated.active
    with pytest.raises(SealError):
        RING.unseal(after, PLACE)


def test_a_keyring_is_its_owner_s_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ring" / "keyring.json"
    RING.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keyring.load(path).keys == RING.keys
    assert [p.name for p in path.parent.iterdir()] == ["keyring.json"]
    for text in ("", "{}", '{"active": "x", "keys": {}}', '{"active": "k2611abc", "keys": {"k2611abc": "AAAA"}}', "[]"):
        path.write_text(text)
        with pytest.raises(SealError):
            Keyring.load(path)


def test_a_missing_keyring_stops_reading_and_writing(settings) -> None:
    claire = actor("claire")
    with acting_as(claire):
        note = Note.objects.visible_to(claire).first()
        assert note
        settings.AMARRE_KEYRING = str(Path(settings.AMARRE_DATA) / "nowhere.json")
        with pytest.raises(SealError):
            assert note.body
        note.body = "x"
        with commands.loading(), pytest.raises(SealError), transaction.atomic():
            note.save()


def test_the_keyring_is_read_again_when_its_file_changes(settings, tmp_path: Path) -> None:
    settings.AMARRE_KEYRING = str(tmp_path / "keyring.json")
    RING.save(Path(settings.AMARRE_KEYRING))
    assert keyring().active == RING.active
    rotated = RING.with_new_key()
    rotated.save(Path(settings.AMARRE_KEYRING))
    os.utime(settings.AMARRE_KEYRING, ns=(1, 1))
    assert keyring().active == rotated.active


def ines_case() -> Case:
    return Case.objects.visible_to(actor("claire")).get(number=INES_CASE)


def test_ciphertexts_swapped_in_the_database_do_not_open() -> None:
    """Between rows, between columns and between tables; the true text still opens where it was."""
    claire = actor("claire")
    with as_owner():
        notes = list(Note._base_manager.order_by("id")[:2])
        case = Case._base_manager.get(number=INES_CASE)
        statement = Statement._base_manager.filter(words__isnull=False).first()
        assert statement
        with connection.cursor() as cursor:
            swap = "update cases_note a set body = b.body from cases_note b where a.id = %s and b.id = %s"
            cursor.execute(swap, [notes[0].pk, notes[1].pk])
            cursor.execute(
                "update cases_case set safety = (select summary from cases_situation where case_id = %s) where id = %s",
                [case.pk, case.pk],
            )
            cursor.execute(
                "update intake_statement set words = (select body from cases_note where id = %s) where id = %s",
                [notes[1].pk, statement.pk],
            )
        for row, name in ((notes[0], "body"), (case, "safety"), (statement, "words")):
            fresh = type(row)._base_manager.get(pk=row.pk)
            with pytest.raises(SealError):
                getattr(fresh, name)
        assert Note._base_manager.get(pk=notes[1].pk).body
    with acting_as(claire):
        with pytest.raises(SealError):
            assert ines_case().safety
        summary = Situation.objects.visible_to(claire).get(case=ines_case()).summary
        assert "canari-situation-ines" in str(summary)


def test_a_sealed_text_is_neither_searched_nor_compared_nor_written_by_the_side() -> None:
    with as_owner(), commands.loading():
        for question in ({"body": "x"}, {"body__contains": "x"}, {"body__in": ["x"]}, {"body__gt": "a"}):
            with pytest.raises(FieldError):
                list(Note._base_manager.filter(**question))
        assert Note._base_manager.filter(body__isnull=False).exists()
        with pytest.raises(FieldError), transaction.atomic():
            Note._base_manager.update(body="x")


def test_a_sealed_text_is_never_printed(caplog) -> None:
    with as_owner():
        note = Note._base_manager.first()
        raw = Note._base_manager.values_list("body", flat=True).first()
        assert note
        assert isinstance(raw, Ciphertext)
        with caplog.at_level(logging.DEBUG):
            logging.getLogger("x").info("%s %r %s", raw, raw, note.__dict__["body"])
        assert caplog.text.count("<sealed>") == 3
        assert note._meta.get_field("body").value_to_string(note) == "<sealed>"


def test_a_deferred_text_opens_when_it_is_asked_for() -> None:
    with as_owner():
        note = Note._base_manager.defer("body").first()
        assert note
        assert "body" not in note.__dict__
        assert "canari" in note.body


def test_every_sealed_column_holds_a_canary() -> None:
    """What the next tests look for is there, in each column, under seal."""
    found = set()
    with as_owner():
        for model, field in sealed_fields():
            texts = [
                str(getattr(row, field.attname))
                for row in model._base_manager.exclude(**{f"{field.name}__isnull": True})
            ]
            assert any("canari-" in text for text in texts), f"{model._meta.label}.{field.name}"
            found |= {canary for canary in CANARIES for text in texts if canary in text}
    assert found == set(CANARIES)


def dump(database: str) -> bytes:
    """What a thief of backups would hold."""
    url = os.environ["AMARRE_TEST_SUPERUSER_URL"].rsplit("/", 1)[0] + f"/{database}"
    done = subprocess.run([find_binaries() / "pg_dump", f"--dbname={url}"], capture_output=True, check=True)
    return done.stdout


def test_a_dump_holds_no_sentence_about_anyone() -> None:
    stolen = dump(WORKER_DATABASE)
    assert b"Conserverie de l'Anse" in stolen, "it is our database, and names are in clear"
    assert stolen.count(b"D-2025-000") >= 5
    assert b"canari" not in stolen
    assert b"canari".hex().encode() not in stolen, "nor in the hexadecimal of a bytea"


def test_the_disk_holds_no_sentence_about_anyone(settings) -> None:
    """Tables, indexes, write-ahead log, temporary files, and the server's own log."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        assert cursor.fetchone()[0] >= 150000
    top = Path(settings.AMARRE_DATA)
    files = [p for p in (top / "pg").rglob("*") if p.is_file()] + list(top.glob("*.log"))
    assert len(files) > 500
    holding, found = {"Conserverie de l'Anse": 0}, []
    for path in files:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        for word in holding:
            holding[word] += word.encode() in content
        at = content.find(b"canari")
        if at >= 0:
            found.append(f"{path.relative_to(top)}: {content[max(0, at - 80) : at + 80]!r}")
    assert found == [], "a sentence lies in clear"
    assert holding["Conserverie de l'Anse"] > 0, "what is in clear is found: the search works"
