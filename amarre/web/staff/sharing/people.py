"""To whom something of a case may be said: the health team, the units, the person's employer, partners, somebody else.

Read by the forms and views beside.
"""

from __future__ import annotations

from amarre.cases.models import Case
from amarre.core.actor import Actor
from amarre.directory.models import PartnerContact
from amarre.organisations.models import Contact
from amarre.people.models import Job
from amarre.sharing.parties import Party, contact_party, other_party, partner_party
from amarre.sharing.queries import house_parties

OTHER = "other"
_MOST_PARTNERS = 400
Groups = list[tuple[str, list[tuple[str, str]]]]


def _employers(actor: Actor, case: Case) -> dict[str, Party]:
    """Confirmed contacts of the establishments where the person works today, but works councils: never recipients."""
    if case.person_id is None:
        return {}
    places = Job.objects.visible_to(actor).filter(person_id=case.person_id, until=None).values("establishment_id")
    rows = Contact.objects.visible_to(actor).filter(
        establishment_id__in=places, ended_on=None, confirmed_at__isnull=False, user__isnull=False
    )
    rows = rows.exclude(kind="works_council").select_related("establishment__company")
    found = {}
    for row in rows:
        words = ", ".join(filter(None, (row.name, row.function or row.get_kind_display(), str(row.establishment))))
        found[f"contact-{row.pk}"] = contact_party(row, words)
    return found


def _partners(actor: Actor) -> dict[str, Party]:
    rows = PartnerContact.objects.visible_to(actor).filter(ended_on=None).select_related("structure")
    found = {}
    for row in rows.order_by("structure__name", "name")[:_MOST_PARTNERS]:
        words = ", ".join(filter(None, (row.name, row.function, row.structure.name)))
        found[f"partner-{row.pk}"] = partner_party(row, words)
    return found


def parties(actor: Actor, case: Case) -> dict[str, Party]:
    """Everybody of whom one may choose, by their key in forms."""
    return house_parties(actor) | _employers(actor, case) | _partners(actor)


_GROUPS = (
    ("colleague", "Équipe de santé au travail"),
    ("unit", "Cellule PDP"),
    ("contact", "Son employeur"),
    ("partner", "Partenaires"),
)


def grouped(found: dict[str, Party]) -> Groups:
    """The same, as the groups of a list to choose from."""
    groups: Groups = [("", [("", "Choisissez…")])]
    for prefix, label in _GROUPS:
        rows = [(key, party.words) for key, party in found.items() if key.startswith(f"{prefix}-")]
        if rows:
            groups.append((label, rows))
    return [*groups, ("Quelqu’un d’autre", [(OTHER, "Un autre destinataire, à décrire")])]


def chosen(found: dict[str, Party], key: str, words: str) -> Party:
    """The party that was chosen; somebody else is known by words."""
    return found[key] if key in found else other_party(words)
