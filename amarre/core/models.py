"""Base classes of walled tables, and the tables of the bedrock: drafts, notices.

Read by every room. A walled model is written inside a command only, and read through `visible_to(actor)`.
Must not know any trade.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models

from amarre.core import commands
from amarre.core.actor import Actor
from amarre.core.ids import new_id
from amarre.core.sealed import SealedTextField

M = TypeVar("M", bound=models.Model)


def _only_in_command(model: type[models.Model]) -> None:
    if not commands.writing():
        raise commands.WriteOutsideCommand(f"{model._meta.label} is written by commands only")


class WalledQuerySet(models.QuerySet[M]):
    """Rows behind a wall. Every subclass says who sees, in its room's `policy.py`."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see; closed unless the room opens it."""
        return self.none()

    def update(self, **kwargs: Any) -> int:
        _only_in_command(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _only_in_command(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        _only_in_command(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _only_in_command(self.model)
        return super().bulk_update(*args, **kwargs)


def one_of(column: str, keys: models.QuerySet[Any, Any]) -> models.Q:
    """`column = ANY (ARRAY (…))`, asked once.

    An IN is asked again for each row, since the walls hide from PostgreSQL how many keys there are: 10 times the work
    on 5,000 notes.
    """
    return models.Q(
        models.Func(
            models.F(column),
            ArraySubquery(keys),
            template="%(expressions)s)",
            arg_joiner=" = ANY(",
            output_field=models.BooleanField(),
        )
    )


class Keyed(models.Model):
    """A row whose key is made in Python (`core.ids`)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Walled(Keyed):
    """A row that refuses to be written outside a command."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _only_in_command(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _only_in_command(type(self))
        return super().delete(*args, **kwargs)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts are their author's alone."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(owner=actor.key)


class Draft(Keyed):
    """What somebody is typing, sealed, until they send it or throw it away.

    One row per page that is open (`page`): two tabs never overwrite each other. `form` names what is being
    written (`note:<case id>`), `title` nothing but the kind of text. Kept 30 days.
    """

    owner = models.CharField(max_length=80)
    form = models.CharField(max_length=80)
    page = models.CharField(max_length=32)
    body = SealedTextField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "form", "page"], name="core_draft_one_per_page")]


class Notice(Keyed):
    """That something was announced to somebody, once a day for one key: digests, dates and codes, no word.

    `recipient` is who, `mailbox` what is counted for the caps; both are keyed digests. Kept 30 days.
    """

    kind = models.CharField(max_length=12)
    says = models.CharField(max_length=20)
    key = models.CharField(max_length=52)
    recipient = models.CharField(max_length=64)
    asked_on = models.DateField()
    at = models.DateTimeField()
    mailbox = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=4, blank=True)
    sent_at = models.DateTimeField(null=True)
    skipped = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key", "asked_on"], name="core_notice_once_a_day"),
        ]
        indexes = [models.Index(fields=["mailbox", "sent_at"], name="core_notice_mailbox")]
