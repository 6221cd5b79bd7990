"""Letters: the service's Word templates, and each letter as it was made.

Templates are read by the staff. A letter is read by the case's members; by the person, when it is to them or carries
what was sent with their agreement. Whoever receives one holds the paper, and never reads these tables.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from amarre.core import word
from amarre.core.models import Walled
from amarre.core.sealed import SealedBinaryField, SealedTextField
from amarre.sharing.models_transmissions import Transmission
from amarre.sharing.policy_letters import LetterFileQuerySet, LetterQuerySet, LetterTemplateQuerySet
from amarre.sharing.states_letters import TEMPLATES, LetterFormat, LetterKind

_NAMED = {LetterKind.CERTIFICATE: "attestation"}


class LetterTemplate(Walled):
    """A Word template of the service, checked when it came. Replaced, it is closed and a new version follows."""

    name = models.CharField("nom", max_length=80)
    purpose = models.CharField("pour quoi", max_length=12, choices=TEMPLATES)
    content = models.BinaryField("fichier")
    variables = ArrayField(models.CharField(max_length=60), default=list, verbose_name="variables")
    optional = ArrayField(models.CharField(max_length=60), default=list, verbose_name="variables facultatives")
    version = models.PositiveSmallIntegerField("version", default=1)
    active = models.BooleanField("proposé", default=True)
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "purpose"], condition=Q(active=True), name="sharing_lettertemplate_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> word.Template:
        """What it asks for."""
        return word.Template(tuple(self.variables), tuple(self.optional))

    @property
    def file_name(self) -> str:
        """Its name with the ending of its format."""
        return f"{self.name}{word.ENDING}"


class Letter(Walled):
    """A letter as it was made, filed for good; its bytes are sealed in a table of their own.

    `about` is the person, who reads it; nobody under an exception of the law, of which the person is not told.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    about = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField("sorte", max_length=12, choices=LetterKind.choices)
    transmission = models.ForeignKey(Transmission, models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, related_name="+")
    recipient = SealedTextField("à qui")
    subject = SealedTextField("objet")
    format = models.CharField("format", max_length=4, choices=LetterFormat.choices)
    size = models.PositiveIntegerField("taille (octets)")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["case", "-id"], name="sharing_letter_case"),
            models.Index(fields=["about"], name="sharing_letter_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="transmission", transmission__isnull=False)
                | (~Q(kind="transmission") & Q(transmission=None, about__isnull=False)),
                name="sharing_letter_carries",
            ),
        ]

    @property
    def person_id(self) -> int | None:
        """Whom it is about, for the ledger."""
        return self.about_id

    @property
    def mime(self) -> str:
        """What its format is called on the way."""
        return word.KIND if self.format == LetterFormat.DOCX else "application/pdf"

    @property
    def file_name(self) -> str:
        """What it is, and the day: neither a name nor a case number, since a download is left on a desk."""
        return (
            f"{_NAMED.get(LetterKind(self.kind), 'courrier')}-{timezone.localtime(self.made_at):%Y-%m-%d}.{self.format}"
        )


class LetterFile(Walled):
    """The bytes of a letter."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="+")
    body = SealedBinaryField("contenu")

    objects = LetterFileQuerySet.as_manager()
