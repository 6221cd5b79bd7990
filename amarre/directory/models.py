"""Structures, what each offers, whom one knows there, and what each import did.

Read by the staff; a partner's account reads its own line and its own structure. Nothing here is about anybody whom the
service accompanies. Identifiers: SIRET (INSEE), FINESS (nine characters, a failed key is a warning), INSEE commune.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from amarre.core.models import Walled
from amarre.core.text import fold
from amarre.directory.places import department_of
from amarre.directory.policy import (
    ImportRunQuerySet,
    PartnerContactQuerySet,
    ServiceQuerySet,
    StructureQuerySet,
)

LOCAL = "local"
STALE = timedelta(days=365)


class Structure(Walled):
    """A place that one can be sent to. `source` and `source_id` are what a file knows it by."""

    source = models.CharField("source", max_length=60, default=LOCAL)
    source_id = models.CharField("identifiant dans la source", max_length=160)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("type de partenaire", max_length=40, default="OTHER")
    siret = models.CharField("SIRET", max_length=14, blank=True)
    finess = models.CharField("FINESS", max_length=9, blank=True)
    city = models.CharField("commune", max_length=100, blank=True)
    city_search = models.CharField(max_length=100, blank=True)
    insee = models.CharField("code INSEE de la commune", max_length=5, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    department = models.CharField("département", max_length=3, blank=True)
    address = models.CharField("adresse", max_length=300, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    website = models.URLField("site", max_length=400, blank=True)
    opening_hours = models.CharField("horaires", max_length=300, blank=True)
    description = models.CharField("description", max_length=10_000, blank=True)
    networks = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name="réseaux")
    updated_on = models.DateField("mise à jour le", null=True, blank=True)
    imported_at = models.DateTimeField("importée le", null=True, blank=True)
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)
    search = models.CharField(max_length=400, blank=True)

    objects = StructureQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="directory_structure_once")]
        indexes = [
            models.Index(fields=["city_search"], name="directory_structure_city"),
            models.Index(fields=["department"], name="directory_structure_dep"),
            models.Index(fields=["kind"], name="directory_structure_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local(self) -> bool:
        """Written here, by hand."""
        return self.source == LOCAL

    @property
    def active(self) -> bool:
        """Whether it is still offered."""
        return self.withdrawn_on is None

    @property
    def is_stale(self) -> bool:
        """Nobody said for a year that this is still so, or nobody ever said when it was."""
        return is_stale(self)

    def refresh(self) -> None:
        """Fold what it is found by, and say in which département it is."""
        self.search = fold(f"{self.name} {self.city}")[:400]
        self.city_search = fold(self.city)[:100]
        self.department = department_of(self.insee, self.postcode)


class Service(Walled):
    """What a structure offers: for which need, to whom, at what cost. Codes are those of the State's schema."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="services", verbose_name="structure")
    source = models.CharField("source", max_length=60, default=LOCAL)
    source_id = models.CharField("identifiant dans la source", max_length=160)
    name = models.CharField("nom", max_length=200)
    description = models.CharField("description", max_length=10_000, blank=True)
    type = models.CharField("type", max_length=40, blank=True)
    themes = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name="thématiques")
    publics = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name="publics")
    publics_words = models.CharField("précisions sur les publics", max_length=1_000, blank=True)
    cost = models.CharField("frais", max_length=20, blank=True)
    cost_words = models.CharField("précisions sur les frais", max_length=1_000, blank=True)
    conditions = models.CharField("conditions d’accès", max_length=2_000, blank=True)
    ways_in = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="accueil")
    ways_to_ask = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="mobilisation")
    ask_words = models.CharField("précisions sur la mobilisation", max_length=1_000, blank=True)
    ask_link = models.URLField("lien de mobilisation", max_length=400, blank=True)
    zone = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name="zone")
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    opening_hours = models.CharField("horaires", max_length=300, blank=True)
    updated_on = models.DateField("mis à jour le", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    search = models.CharField(max_length=200, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="directory_service_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_stale(self) -> bool:
        """As for a structure."""
        return is_stale(self)

    def refresh(self) -> None:
        """Fold what it is found by."""
        self.search = fold(self.name)[:200]


class PartnerContact(Walled):
    """Somebody whom one knows there. A regular partner may be given an account, which opens the partner door."""

    structure = models.ForeignKey(Structure, models.PROTECT, related_name="contacts", verbose_name="structure")
    name = models.CharField("nom", max_length=120)
    function = models.CharField("fonction", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    regular = models.BooleanField("partenaire régulier", default=False)
    user = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField("invité(e) le", null=True, blank=True)
    invited_by = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("adresse vérifiée le", null=True, blank=True)
    ended_on = models.DateField("plus là depuis le", null=True, blank=True)

    objects = PartnerContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(user__isnull=False), name="directory_contact_one_account"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(Walled):
    """One import: what it brought, and every cell that it could not keep."""

    at = models.DateTimeField("le")
    file_name = models.CharField("fichier", max_length=200)
    format = models.CharField("format", max_length=20)
    sources = ArrayField(models.CharField(max_length=60), default=list)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]


def is_stale(row: Structure | Service) -> bool:
    """Whether a year went by since somebody said that this is so."""
    return row.updated_on is None or timezone.localdate() - row.updated_on > STALE
