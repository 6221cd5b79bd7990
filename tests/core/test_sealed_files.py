"""Files under seal: the same bytes come back, in their place alone; the database neither reads nor searches them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from amarre.core.models import Keyed
from amarre.core.sealed import (
    Ciphertext,
    Keyring,
    SealedBinaryField,
    SealedField,
    SealedTextField,
    SealError,
    context_of,
    keyring,
)
from tests.cast import as_owner

pytestmark = pytest.mark.django_db

RING = Keyring({}, "").with_new_key()
PLACE = "core_kept.content:1"
ANYTHING = bytes(range(256)) * 40


@pytest.fixture
def kept() -> Iterator[type[models.Model]]:
    """A table of files, for the time of a test, past every wall."""
    with isolate_apps("amarre.core"):

        class Kept(Keyed):
            content = SealedBinaryField()
            preview = SealedBinaryField(null=True)

            class Meta:
                app_label = "core"

        with as_owner():
            with connection.schema_editor() as editor:
                editor.create_model(Kept)
            yield Kept


def raw(model: type[models.Model], column: str = "content") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {model._meta.db_table} order by id limit 1")
        return bytes(cursor.fetchone()[0])


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_come_back_whole(content: bytes) -> None:
    assert RING.unseal_bytes(RING.seal_bytes(content, PLACE), PLACE) == content


def test_a_text_is_its_bytes_and_bytes_are_not_always_a_text() -> None:
    """One way of sealing for both: what was sealed before files existed still opens."""
    assert RING.unseal_bytes(RING.seal("été", PLACE), PLACE) == "été".encode()
    assert RING.unseal(RING.seal_bytes("été".encode(), PLACE), PLACE) == "été"
    with pytest.raises(SealError, match="something else than a text"):
        RING.unseal(RING.seal_bytes(b"\xff\xfe", PLACE), PLACE)


def test_a_file_is_kept_sealed_and_opens_when_it_is_asked_for(kept) -> None:
    row = kept.objects.create(content=ANYTHING)
    assert raw(kept).startswith(b"A1" + keyring().active.encode())
    assert ANYTHING[:64] not in raw(kept)
    fresh = kept.objects.get(pk=row.pk)
    assert type(fresh.__dict__["content"]) is Ciphertext
    assert fresh.content == ANYTHING
    assert type(fresh.content) is bytes
    assert fresh.preview is None
    deferred = kept.objects.defer("content").get(pk=row.pk)
    assert "content" not in deferred.__dict__
    assert deferred.content == ANYTHING


@pytest.mark.parametrize("value", [bytearray(b"abc"), memoryview(b"abc"), b"abc"])
def test_all_that_is_bytes_is_taken(kept, value) -> None:
    assert kept.objects.get(pk=kept.objects.create(content=value).pk).content == b"abc"


def test_what_is_not_bytes_is_not(kept) -> None:
    for value in ("text", 3, object()):
        with pytest.raises(TypeError, match="takes bytes"), transaction.atomic():
            kept.objects.create(content=value)


def test_nothing_is_no_bytes_or_none() -> None:
    assert SealedBinaryField().get_default() == b""
    assert SealedBinaryField(null=True).get_default() is None
    assert SealedTextField().get_default() == ""


def test_a_row_saved_again_without_opening_keeps_its_seal(kept) -> None:
    row = kept.objects.create(content=ANYTHING)
    before = raw(kept)
    kept.objects.get(pk=row.pk).save()
    assert raw(kept) == before
    opened = kept.objects.get(pk=row.pk)
    assert opened.content
    opened.save()
    assert raw(kept) != before
    assert kept.objects.get(pk=row.pk).content == ANYTHING


def test_a_file_that_was_moved_does_not_open(kept) -> None:
    """Neither in another row nor in another column of its own."""
    first, second = (kept.objects.create(content=ANYTHING + bytes([n])) for n in range(2))
    table = kept._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set preview = content where id = %s", [first.pk])
        cursor.execute(
            f"update {table} a set content = b.content from {table} b where a.id = %s and b.id = %s",
            [second.pk, first.pk],
        )
    moved, own = kept.objects.get(pk=second.pk), kept.objects.get(pk=first.pk)
    with pytest.raises(SealError):
        assert moved.content
    with pytest.raises(SealError):
        assert own.preview
    assert own.content == ANYTHING + b"\0"


def test_a_file_altered_by_one_bit_does_not_open(kept) -> None:
    row = kept.objects.create(content=ANYTHING)
    with connection.cursor() as cursor:
        cursor.execute(f"update {kept._meta.db_table} set content = set_bit(content, 4000, 1 - get_bit(content, 4000))")
    with pytest.raises(SealError):
        assert kept.objects.get(pk=row.pk).content


def test_a_file_is_neither_searched_nor_compared_nor_written_by_the_side(kept) -> None:
    kept.objects.create(content=ANYTHING)
    for question in ({"content": b"x"}, {"content__contains": b"x"}, {"content__in": [b"x"]}, {"content__gt": b"a"}):
        with pytest.raises(FieldError):
            list(kept.objects.filter(**question))
    with pytest.raises(FieldError), transaction.atomic():
        kept.objects.update(content=b"x")
    assert kept.objects.filter(preview__isnull=True).count() == 1


def test_a_file_is_never_printed(kept) -> None:
    row = kept.objects.create(content=ANYTHING)
    assert kept._meta.get_field("content").value_to_string(row) == "<sealed>"
    assert repr(kept.objects.values_list("content", flat=True).get()) == "<sealed>"


def test_a_migration_can_write_the_field_down() -> None:
    for field in (SealedBinaryField(), SealedTextField()):
        _, path, args, kwargs = field.clone().deconstruct()
        assert path == f"amarre.core.sealed.{type(field).__name__}"
        assert isinstance(type(field)(*args, **kwargs), SealedField)


def test_keys_opened_by_the_operator_count_files_too(kept) -> None:
    """What `amarre keys verify` does with each value, on a file: it opens it as bytes."""
    row = kept.objects.create(content=b"\xff\xfe\x00")
    sealed = kept.objects.get(pk=row.pk).__dict__["content"]
    assert keyring().unseal_bytes(sealed, context_of(row, "content")) == b"\xff\xfe\x00"


def test_a_row_whose_key_the_database_makes_is_refused() -> None:
    """It would be sealed for a place that does not exist yet, and never open again."""
    with isolate_apps("amarre.core"):

        class Numbered(models.Model):
            content = SealedBinaryField()

            class Meta:
                app_label = "core"

        row = Numbered(content=b"x")
        with pytest.raises(FieldError, match="before it has a key"):
            Numbered._meta.get_field("content").pre_save(row, True)
        row.pk = 3
        assert Numbered._meta.get_field("content").pre_save(row, True)
