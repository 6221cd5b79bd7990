"""What left the cases of the tests' world: Inès's agreements and transmissions, Yanis's beside them.

Read by `tests.rows`. Dr Hugo received one about Inès, Nora one about Yanis; the unit of Montreuil, in
which both sit, another about Yanis. Paul received two about Inès. Every sealed text carries a canary.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from amarre.cases.models import Case
from amarre.organisations.models import Contact
from amarre.people.models import Person
from amarre.plans.models import Action, Document
from amarre.sharing import links
from amarre.sharing import models as m

THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=60)
MEMBERS = frozenset({"claire", "bruno", "zoe"})
CIRCLE = MEMBERS | {"ines"}
SECRET, CODE = "lien-d-essai", "12345678"
CANARIES: dict[str, frozenset[str]] = {
    "canari-accord-ines": CIRCLE,
    "canari-precision-ines": CIRCLE | {"hugo"},
    "canari-destinataire-ines": CIRCLE | {"hugo"},
    "canari-de-qui-ines": CIRCLE | {"hugo"},
    "canari-transmis-ines": CIRCLE | {"hugo"},
    "canari-reponse-hugo": CIRCLE | {"hugo"},
    "canari-prepare-ines": MEMBERS,
    "canari-signature-ines": CIRCLE,
    "canari-motif-exception": MEMBERS,
    "canari-exception-ines": MEMBERS,
    "canari-lien-adresse": MEMBERS,
    "canari-par-lien-ines": CIRCLE,
    "canari-accord-paul": CIRCLE,
    "canari-de-qui-paul": CIRCLE | {"paul"},
    "canari-demande-paul": CIRCLE | {"paul"},
    "canari-reponse-de-paul": CIRCLE | {"paul"},
    "canari-ferme-paul": CIRCLE | {"paul"},
    "canari-prepare-paul": MEMBERS,
    "canari-rappele-paul": CIRCLE,
    "canari-passe-paul": CIRCLE,
    "canari-transmis-yanis": frozenset({"nadia", "yanis", "nora"}),
    "canari-point-cellule": frozenset({"nadia", "yanis", "nora", "hugo"}),
}


def agreement(world: Any, case: Case, lead: str, **said: Any) -> m.Agreement:
    """An agreement that was given at the office, unless said otherwise."""
    row = m.Agreement(
        case=case, person_id=case.person_id, wording=1, asked_at=THEN, asked_by=world.colleague(lead),
        **{"state": "given", "given_how": "oral", "answered_at": THEN, "heard_by": world.colleague(lead),
           "what": "Les dates de reprise", "purpose": "return", "until": SOON} | said,
    )  # fmt: skip
    row.save()
    return row


def sent(world: Any, agreed: m.Agreement, lead: str, **said: Any) -> m.Transmission:
    """A transmission that left, unless said otherwise."""
    row = m.Transmission(
        case=agreed.case, about_id=agreed.person_id, agreement=agreed, party_kind=agreed.party_kind, party=agreed.party,
        colleague=agreed.colleague, unit=agreed.unit, purpose=agreed.purpose, prepared_at=THEN,
        prepared_by=world.colleague(lead),
        **{"state": "sent", "sent_at": THEN, "sent_by": world.colleague(lead), "checked": "essai", "carrier": "inbox",
           "visible_until": SOON, "subject": "Inès Benali", "to_user": agreed.colleague} | said,
    )  # fmt: skip
    row.save()
    return row


def load_sharing(world: Any, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    unit = m.Unit(name="Cellule d’essai", centre=world.montreuil)
    unit.save()
    for code in ("hugo", "nora"):
        m.UnitMember(unit=unit, user=world.colleague(code), since=THEN.date()).save()
    _ines(world, cases["ines"])
    _exception(world, cases["ines"], people["ines"])
    _yanis(world, cases["yanis"], unit)


def _ines(world: Any, case: Case) -> None:
    hugo = world.colleague("hugo")
    agreed = agreement(
        world, case, "claire", party_kind="colleague", party="canari-destinataire-ines", colleague=hugo,
        what="canari-accord-ines", purpose="other", purpose_words="canari-precision-ines",
    )  # fmt: skip
    whole = sent(
        world, agreed, "claire", subject="canari-de-qui-ines", content="canari-transmis-ines", kind="request",
        purpose_words="canari-precision-ines", read_at=THEN,
    )  # fmt: skip
    m.Answer(transmission=whole, kind="discuss", words="canari-reponse-hugo", at=THEN, by=hugo).save()
    m.Answer(transmission=whole, kind="words", words="Déjà vue.", at=THEN, by=hugo, seen_at=THEN).save()
    sent(world, agreed, "claire", content="Pas encore lue.")
    sent(world, agreed, "claire", content="canari-prepare-ines", state="draft", sent_at=None, sent_by=None, checked="")
    waiting = {"state": "proposed", "given_how": "", "answered_at": None, "heard_by": None}
    agreement(world, case, "claire", party_kind="other", party="Association d’essai", **waiting)
    by_link = agreement(
        world, case, "claire", party_kind="other", party="Dr Essai, médecin traitant", given_how="screen",
        signature="canari-signature-ines",
    )  # fmt: skip
    out = sent(world, by_link, "claire", content="canari-par-lien-ines", carrier="link", to_user=None)
    for secret, ended in ((SECRET, None), ("lien-fini", THEN)):
        m.AccessLink(
            transmission=out, digest=links.digest(secret), pass_digest=links.digest(secret, CODE), made_at=THEN,
            email="canari-lien-adresse", made_by=world.colleague("claire"), ended_at=ended,
            expires_at=timezone.now() + timedelta(days=20),
        ).save()  # fmt: skip


def _exception(world: Any, case: Case, person: Person) -> None:
    made = m.LawException(
        case=case, number=case.number, centre=world.montreuil, basis="minor", declared_at=THEN,
        declared_by=world.colleague("claire"),
    )  # fmt: skip
    made.save()
    m.LawException(
        case=case, number=case.number, centre=world.montreuil, basis="peril", declared_at=THEN, reviewed_at=THEN,
        declared_by=world.colleague("bruno"), reviewed_by=world.colleague("claire"), outcome="right",
    ).save()  # fmt: skip
    m.Ground(exception=made, case=case, reason="canari-motif-exception").save()
    m.Transmission(
        case=case, about=person, exception=made, party_kind="other", party="Service d’essai", subject="Inès Benali",
        content="canari-exception-ines", carrier="letter", visible_until=SOON, prepared_at=THEN, state="sent",
        prepared_by=world.colleague("claire"), sent_at=THEN, sent_by=world.colleague("claire"), checked="essai",
    ).save()  # fmt: skip


def _yanis(world: Any, case: Case, unit: m.Unit) -> None:
    nora = world.colleague("nora")
    agreed = agreement(world, case, "nadia", party_kind="colleague", party="Nora Essai, infirmière", colleague=nora)
    sent(world, agreed, "nadia", subject="Yanis Diarra", content="canari-transmis-yanis")
    unit_agreed = agreement(world, case, "nadia", party_kind="unit", party=unit.name, unit=unit, purpose="unit")
    sent(world, unit_agreed, "nadia", subject="Yanis Diarra", content="canari-point-cellule", kind="item", to_user=None)


def load_sent_to_employer(world: Any, case: Case) -> None:
    """Inès agreed that Paul, of the place where she works, be asked something; made after the contacts.

    One was read and answered, one waits; one is a draft, one was taken back unread, one is past its day.
    """
    paul = Contact.objects.get(user_id=world.users["paul"].pk)
    agreed = agreement(
        world, case, "claire", party_kind="employer", party="Paul Derouet", contact=paul, what="canari-accord-paul",
        purpose="post",
    )  # fmt: skip
    action = Action.objects.filter(plan__case=case, state="open").order_by("id")[0]
    mine: dict[str, Any] = {"contact": paul, "to_user": paul.user, "subject": "canari-de-qui-paul"}
    asked = sent(
        world, agreed, "claire", content="canari-demande-paul", kind="request", action=action, read_at=THEN, **mine
    )
    words = {"words": "canari-reponse-de-paul", "at": THEN, "by": paul.user}
    m.Answer(transmission=asked, kind="discuss", **words).save()
    sent(world, agreed, "claire", content="canari-ferme-paul", kind="request", **mine)
    draft = {"state": "draft", "sent_at": None, "sent_by": None, "checked": ""}
    sent(world, agreed, "claire", content="canari-prepare-paul", **mine, **draft)
    sent(world, agreed, "claire", content="canari-rappele-paul", **mine, state="recalled", recalled_at=THEN)
    sent(world, agreed, "claire", content="canari-passe-paul", **mine, visible_until=THEN.date())


def paper_of(case: Case) -> Document:
    """A document of the case's plan, to stand for a signed paper."""
    return Document.objects.filter(plan__case=case).order_by("id")[0]
