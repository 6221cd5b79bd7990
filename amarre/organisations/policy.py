"""Who sees the organisations: every staff member; a passer-by sees centres, public words and public numbers; a
contact of an employer sees their own establishment besides.

Read by `organisations.models`, its commands and the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet

if TYPE_CHECKING:
    from amarre.organisations.models import Centre, Commune, Company, CrisisNumber, Establishment, Term
    from amarre.organisations.models_contacts import Contact

# The operator's import of companies runs as the machine.
_KEEPERS = (Door.STAFF, Door.MACHINE)
PUBLIC_VOCABULARIES = ("employee_reason", "employer_reason")
PERSON_VOCABULARIES = ("employee_reason", "employment")
EMPLOYER_VOCABULARIES = ("employer_reason", "advice_theme")


def may_write_companies(actor: Actor) -> bool:
    """Companies and establishments are kept by the people who meet them."""
    return actor.door == Door.STAFF and actor.has("social_worker", "secretary", "coordinator", "service_admin")


def may_import(actor: Actor) -> bool:
    """A whole file of companies is the coordinator's or the service admin's act, or the operator's own command."""
    return actor.door == Door.MACHINE or (actor.door == Door.STAFF and actor.has("service_admin", "coordinator"))


def may_administer(actor: Actor) -> bool:
    """Centres and vocabularies are the service's own settings."""
    return actor.door == Door.STAFF and actor.has("service_admin")


def may_edit_crisis(actor: Actor) -> bool:
    """The crisis protocol is kept by those who answer for it."""
    return actor.door == Door.STAFF and actor.has("service_admin", "coordinator")


def _mine(actor: Actor, what: str) -> QuerySet[Contact, int]:
    """The keys of what a contact speaks for."""
    from amarre.organisations.models_contacts import Contact

    return Contact.objects.visible_to(actor).values_list(what, flat=True)


class CentreQuerySet(WalledQuerySet["Centre"]):
    """Centres are known to everybody."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door in (*_KEEPERS, Door.PUBLIC, Door.EMPLOYER) else self.none()


class CommuneQuerySet(WalledQuerySet["Commune"]):
    """Which centre answers for which commune."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door in _KEEPERS else self.none()


class CompanyQuerySet(WalledQuerySet["Company"]):
    """Whether a company is a member is nobody's business outside the service; a contact knows their own."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            return self.filter(pk__in=_mine(actor, "establishment__company_id"))
        return self.all() if actor.door in _KEEPERS else self.none()


class EstablishmentQuerySet(WalledQuerySet["Establishment"]):
    """Workplaces; a contact sees theirs."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.EMPLOYER:
            return self.filter(pk__in=_mine(actor, "establishment_id"))
        return self.all() if actor.door in _KEEPERS else self.none()


class TermQuerySet(WalledQuerySet["Term"]):
    """The service's words."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.PUBLIC:
            return self.filter(vocabulary__in=PUBLIC_VOCABULARIES, active=True)
        if actor.door == Door.PERSON:
            return self.filter(vocabulary__in=PERSON_VOCABULARIES, active=True)
        if actor.door == Door.EMPLOYER:
            return self.filter(vocabulary__in=EMPLOYER_VOCABULARIES, active=True)
        return self.all() if actor.door == Door.STAFF else self.none()


class CrisisNumberQuerySet(WalledQuerySet["CrisisNumber"]):
    """Numbers to call now."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door in (Door.PUBLIC, Door.PERSON, Door.EMPLOYER):
            return self.filter(public=True, active=True)
        return self.all() if actor.door == Door.STAFF else self.none()
