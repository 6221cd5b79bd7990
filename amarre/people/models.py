"""The employees: identity, jobs, and how they may be reached without harm.

Read by every staff member. No social security number is kept, and nothing about health.
"""

from __future__ import annotations

import hashlib

from django.contrib.postgres.lookups import TrigramSimilar
from django.db import models

from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField
from amarre.people.policy import JobQuerySet, PersonAccountQuerySet, PersonQuerySet

models.CharField.register_lookup(TrigramSimilar)


class Channel(models.TextChoices):
    """How the person wants to be reached."""

    PHONE = "phone", "Appel"
    SMS = "sms", "SMS"
    EMAIL = "email", "Courriel"
    LETTER = "letter", "Courrier"


class Person(Walled):
    """An employee. `do_not_call` and `channel_note` are shown wherever somebody might call.

    With `do_not_notify`, nothing is announced to them (`core.notices`). The note may be their own words: it is sealed.
    """

    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    channel = models.CharField("moyen préféré", max_length=8, choices=Channel.choices, blank=True)
    do_not_call = models.BooleanField("ne pas appeler", default=False)
    do_not_notify = models.BooleanField("ne pas notifier", default=False)
    channel_note = SealedTextField("consigne pour joindre", null=True, blank=True)
    language = models.CharField("langue", max_length=40, blank=True)
    interpreter = models.BooleanField("interprète nécessaire", default=False)
    legal_representative = models.CharField("représentant légal", max_length=160, blank=True)
    search = models.CharField(max_length=240, blank=True)
    phone_confirmed_at = models.DateTimeField("numéro confirmé pour les SMS", null=True, blank=True)
    phone_digits = models.CharField(max_length=15, blank=True, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name"]
        indexes = [
            models.Index(fields=["search"], name="people_person_search", opclasses=["text_pattern_ops"]),
            models.Index(fields=["email"], name="people_person_email", opclasses=["text_pattern_ops"]),
            models.Index(fields=["birth_date"], name="people_person_birth"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def person_id(self) -> int:
        """Whom it is about, for the ledger."""
        return int(self.pk)

    @property
    def full_name(self) -> str:
        """First name then last name, as people say it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def version(self) -> str:
        """What is written, as one short word: it moves whenever somebody changes the row."""
        said = [str(f.value_from_object(self)) for f in self._meta.concrete_fields]
        return hashlib.blake2s("\0".join(said).encode(), digest_size=8).hexdigest()


class Job(Walled):
    """A job that somebody holds or held in an establishment."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="jobs")
    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, related_name="jobs", verbose_name="établissement"
    )
    title = models.CharField("métier", max_length=120, blank=True)
    contract = models.CharField("contrat", max_length=40, blank=True)
    since = models.DateField("depuis", null=True, blank=True)
    until = models.DateField("jusqu'au", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]


class PersonAccount(Walled):
    """Whose space an account opens, and the address that they confirmed; `accounts.User` knows no employee."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="account")
    user = models.OneToOneField("accounts.Colleague", models.PROTECT, related_name="+")
    email = models.EmailField("adresse confirmée")
    opened_at = models.DateTimeField()

    objects = PersonAccountQuerySet.as_manager()
