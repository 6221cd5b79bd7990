"""Texts and files under seal: AES-256-GCM with key ids and associated data; the keyring lives outside the database.

Read by rooms that keep narrative text or small files. Must not know what they are about.
A value is bound to its table, column and row: moved elsewhere, it no longer opens. A wrong or missing key is an
error, never mangled text. Reference: NIST SP 800-38D.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

_MAGIC = b"A1"
_ID_BYTES = 8
_NONCE_BYTES = 12
_HEAD = len(_MAGIC) + _ID_BYTES


class SealError(RuntimeError):
    """The value cannot be opened: wrong key, unknown key, or it was moved or altered."""


class Ciphertext(bytes):
    """Sealed bytes as they lie in the database; never prints itself."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    @property
    def key_id(self) -> str:
        """Which key sealed it."""
        return bytes(self)[len(_MAGIC) : _HEAD].decode("ascii")


class Keyring:
    """Keys by id; the active one seals, all of them open."""

    def __init__(self, keys: dict[str, bytes], active: str) -> None:
        self.keys, self.active = keys, active

    @classmethod
    def load(cls, path: Path) -> Keyring:
        """Read the keyring file. Raises `SealError` when absent or unreadable."""
        try:
            data = json.loads(path.read_text("utf-8"))
            keys = {k: base64.b64decode(v, validate=True) for k, v in data["keys"].items()}
            ring = cls(keys, data["active"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SealError(f"the keyring {path.name} cannot be read") from error
        if ring.active not in keys or any(len(v) != 32 or len(k) != _ID_BYTES for k, v in keys.items()):
            raise SealError(f"the keyring {path.name} is malformed")
        return ring

    def save(self, path: Path) -> None:
        """Write the keyring, readable by its owner only, in one step."""
        path.parent.mkdir(parents=True, exist_ok=True)
        body = {
            "active": self.active,
            "keys": {k: base64.b64encode(v).decode() for k, v in self.keys.items()},
        }
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(body, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)

    def with_new_key(self) -> Keyring:
        """A ring with a fresh active key; the old ones still open what they sealed."""
        key_id = f"k{datetime.now(UTC):%y%m%d}{secrets.choice('abcdefghjkmnpqrstuvwxyz')}"
        if key_id in self.keys:
            return self.with_new_key()
        return Keyring({**self.keys, key_id: AESGCM.generate_key(256)}, key_id)

    def seal_bytes(self, content: bytes, context: str) -> Ciphertext:
        """Seal `content` for one place (`table.column:row`)."""
        head = _MAGIC + self.active.encode("ascii")
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = AESGCM(self.keys[self.active]).encrypt(nonce, content, head + context.encode())
        return Ciphertext(head + nonce + body)

    def unseal_bytes(self, sealed: bytes, context: str) -> bytes:
        """Open what was sealed for that very place. Raises `SealError` otherwise."""
        raw = bytes(sealed)
        head, nonce, body = raw[:_HEAD], raw[_HEAD : _HEAD + _NONCE_BYTES], raw[_HEAD + _NONCE_BYTES :]
        key = self.keys.get(head[len(_MAGIC) :].decode("ascii", "replace"))
        if not raw.startswith(_MAGIC) or key is None:
            raise SealError(f"no key opens {context}")
        try:
            return AESGCM(key).decrypt(nonce, body, head + context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError(f"{context} was moved or altered, or its key is wrong") from error

    def seal(self, text: str, context: str) -> Ciphertext:
        """Seal a text; see `seal_bytes`."""
        return self.seal_bytes(text.encode("utf-8"), context)

    def unseal(self, sealed: bytes, context: str) -> str:
        """Open a text; see `unseal_bytes`."""
        try:
            return self.unseal_bytes(sealed, context).decode("utf-8")
        except UnicodeDecodeError as error:
            raise SealError(f"{context} holds something else than a text") from error


@lru_cache(maxsize=4)
def _ring(path: str, stamp: int) -> Keyring:
    return Keyring.load(Path(path))


def keyring() -> Keyring:
    """The keyring of this installation, read again when its file changes."""
    path = str(settings.AMARRE_KEYRING)
    try:
        stamp = os.stat(path).st_mtime_ns  # not Path: asked for every value that is opened
    except OSError as error:
        raise SealError(f"the keyring {Path(path).name} is missing") from error
    return _ring(path, stamp)


def context_of(instance: models.Model, column: str) -> str:
    """The place a sealed value belongs to."""
    return f"{instance._meta.db_table}.{column}:{instance.pk}"


if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class _Unsealing:
    """Opens the value when it is first read, then keeps what it held on the instance."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Ciphertext):
            value = self.field.opened(value, context_of(instance, name))
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(_Binary):
    """What every sealed column is: sealed in the database, where it can be neither searched nor compared.

    Those that extend it say how a value becomes sealed bytes and back (`closed`, `opened`), and what nothing is.
    """

    nothing: str | bytes

    def closed(self, value: Any, context: str) -> Ciphertext:
        """Seal one value for its place."""
        raise NotImplementedError

    def opened(self, sealed: Ciphertext, context: str) -> str | bytes:
        """Open one value in its place. Raises `SealError`."""
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Unsealing(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Ciphertext | None:
        """Wrap; opening waits for the instance, which knows its own place."""
        return None if value is None else Ciphertext(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        if model_instance.pk is None:  # sealed for a place that does not exist yet, it would never open again
            raise FieldError(f"{self.name} cannot be sealed before it has a key: make it in Python (see `Keyed`)")
        return self.closed(value, context_of(model_instance, self.attname))

    def get_default(self) -> Any:
        """BinaryField answers b'' for an empty default, whatever the field holds."""
        return None if self.null else self.nothing

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Ciphertext):
            raise FieldError(f"{self.name} is sealed: write it through its model")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched in the database")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        return "<sealed>"


class SealedTextField(SealedField):
    """A text under seal."""

    description = "sealed text"
    nothing = ""

    def closed(self, value: Any, context: str) -> Ciphertext:
        return keyring().seal(str(value), context)

    def opened(self, sealed: Ciphertext, context: str) -> str:
        return keyring().unseal(sealed, context)


class SealedBinaryField(SealedField):
    """A small file under seal: bytes in, the same bytes out. It weighs on every row: give it a table of its own."""

    description = "sealed bytes"
    nothing = b""

    def closed(self, value: Any, context: str) -> Ciphertext:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"{self.name} takes bytes, not {type(value).__name__}")
        return keyring().seal_bytes(bytes(value), context)

    def opened(self, sealed: Ciphertext, context: str) -> bytes:
        return keyring().unseal_bytes(sealed, context)
