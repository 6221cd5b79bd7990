"""Centres, companies, establishments, vocabularies and the crisis protocol's numbers.

Read by staff; a passer-by reads a centre's name and telephone. Identifiers: SIREN and SIRET (INSEE), NAF rev. 2.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from amarre.core.models import Walled
from amarre.core.text import fold
from amarre.organisations.models_contacts import Advice as Advice
from amarre.organisations.models_contacts import Contact as Contact
from amarre.organisations.policy import (
    CentreQuerySet,
    CommuneQuerySet,
    CompanyQuerySet,
    CrisisNumberQuerySet,
    EstablishmentQuerySet,
    TermQuerySet,
)


class Centre(Walled):
    """A place where the service receives people, and the team that answers for an area."""

    name = models.CharField("nom", max_length=120, unique=True)
    phone = models.CharField("téléphone", max_length=20)
    hours = models.CharField("horaires", max_length=120, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    is_default = models.BooleanField("reçoit ce qui n'a pas de centre", default=False)
    active = models.BooleanField("ouvert", default=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="organisations_centre_one_default",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Commune(Walled):
    """A commune (or the first digits of a postcode) that a centre answers for; routes public requests."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="communes", verbose_name="centre")
    name = models.CharField("commune", max_length=80, blank=True)
    search = models.CharField(max_length=80, blank=True, db_index=True)
    postcode = models.CharField("code postal ou ses premiers chiffres", max_length=5, blank=True, db_index=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        ordering = ["name", "postcode"]


class Company(Walled):
    """A member company, known by its SIREN (nine digits)."""

    siren = models.CharField("SIREN", max_length=9, unique=True)
    name = models.CharField("raison sociale", max_length=160)
    legal_form = models.CharField("forme juridique", max_length=80, blank=True)
    member_since = models.DateField("adhérente depuis", null=True, blank=True)
    member_until = models.DateField("adhérente jusqu'au", null=True, blank=True)
    search = models.CharField(max_length=200, blank=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="organisations_company_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_member(self) -> bool:
        """Whether its membership has not ended."""
        return self.member_until is None or self.member_until >= timezone.localdate()

    def refresh_search(self) -> None:
        """Fold what it is found by."""
        self.search = fold(self.name)[:200]


class Establishment(Walled):
    """A workplace, known by its SIRET (fourteen digits)."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="establishments", verbose_name="entreprise")
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="establishments", verbose_name="centre"
    )
    siret = models.CharField("SIRET", max_length=14, unique=True)
    sign = models.CharField("enseigne", max_length=160, blank=True)
    naf = models.CharField("NAF", max_length=5, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    headcount = models.CharField("effectif", max_length=40, blank=True)
    active = models.BooleanField("ouvert", default=True)
    search = models.CharField(max_length=400, blank=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        ordering = ["company__name", "city"]

    def __str__(self) -> str:
        return f"{self.sign or self.company.name}, {self.city}" if self.city else self.sign or self.company.name

    def refresh_search(self, company_name: str) -> None:
        """Fold what it is found by."""
        self.search = fold(f"{company_name} {self.sign} {self.city}")[:400]


class Vocabulary(models.TextChoices):
    """The lists that the service may reword, reorder and close, never delete from."""

    PROBLEM = "problem", "Problèmes"
    MOMENT = "moment", "Moments de la vie au travail"
    EMPLOYMENT = "employment", "Situations d’emploi"
    OUTCOME = "outcome", "Issues"
    CLOSING_REASON = "closing_reason", "Raisons de clôture"
    PLACE = "place", "Lieux"
    REFUSAL_REASON = "refusal_reason", "Raisons de ne pas donner suite"
    HANDOVER_REASON = "handover_reason", "Raisons de passer la main"
    EMPLOYER_REASON = "employer_reason", "Motifs neutres d’un employeur ou d’un tiers"
    EMPLOYEE_REASON = "employee_reason", "Motifs d’une personne"
    CRISIS_STEP = "crisis_step", "Étapes en cas d’urgence"
    PARTNER_KIND = "partner_kind", "Types de partenaires"
    ADVICE_THEME = "advice_theme", "Thèmes d’un conseil à un employeur"


class Term(Walled):
    """One word of a vocabulary: its code never changes, its label, order and activity may."""

    vocabulary = models.CharField("liste", max_length=20, choices=Vocabulary.choices)
    code = models.CharField("code", max_length=40)
    label = models.CharField("libellé", max_length=160)
    help = models.CharField("aide", max_length=240, blank=True)
    position = models.PositiveIntegerField("ordre", default=100)
    active = models.BooleanField("proposé", default=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["vocabulary", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="organisations_term_code")]

    def __str__(self) -> str:
        return self.label


class CrisisNumber(Walled):
    """A number to call now, with the day on which somebody checked it."""

    number = models.CharField("numéro", max_length=20, unique=True)
    label = models.CharField("pour quoi", max_length=160)
    checked_on = models.DateField("vérifié le", null=True, blank=True)
    position = models.PositiveIntegerField("ordre", default=100)
    public = models.BooleanField("montré sur la page publique", default=False)
    active = models.BooleanField("affiché", default=True)

    objects = CrisisNumberQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
