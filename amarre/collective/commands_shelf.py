"""Every write about the catalogue, the materials, and what is tried at work.

Read by the doors. Must not know HTTP; a file comes as bytes and leaves sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils import timezone

from amarre.collective import policy
from amarre.collective.catalogue import OTHER, THEMES, standard_questions
from amarre.collective.models import Action, Improvement, Material, MaterialFile, Offer
from amarre.collective.states import ActionKind, TrialState
from amarre.core import antivirus, uploads
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id
from amarre.core.text import fold
from amarre.organisations.models import Company, Establishment
from amarre.sharing.anonymity import signs

_STEP = 10


@command("offer.add", allowed=policy.may_keep_catalogue)
def add_offer(
    *, actor: Actor, kind: str, theme: str, title: str, aim: str, audience: str = "", minutes: int = 60,
    material: str = "", languages: Sequence[str] = ("fr",), questions: Sequence[str] = (),
    knowledge: Sequence[str] = (), signs: bool = False,
) -> Offer:  # fmt: skip
    """One more line of the service's own, at the end. Its code is made from its title and never changes."""
    taken = set(Offer.objects.visible_to(actor).values_list("code", flat=True))
    base = fold(title).replace(" ", "_")[:34] or OTHER.lower()
    code = next(c for n in range(1, 1000) if (c := base if n == 1 else f"{base}_{n}") not in taken)
    last = Offer.objects.visible_to(actor).aggregate(last=Max("position"))["last"] or 0
    offer = Offer(code=code, position=last + _STEP)
    return _describe(
        offer, kind, theme, title, aim, audience, minutes, material, languages, questions, knowledge, signs
    )


@command("offer.edit", allowed=policy.may_keep_catalogue)
def edit_offer(
    *, actor: Actor, offer: Offer, kind: str, theme: str, title: str, aim: str, audience: str = "", minutes: int = 60,
    material: str = "", languages: Sequence[str] = ("fr",), questions: Sequence[str] = (),
    knowledge: Sequence[str] = (), signs: bool = False, active: bool = True,
) -> Offer:  # fmt: skip
    """Reword a line, or offer it no more; actions that came from it keep what was said to them."""
    offer.active = active
    return _describe(
        offer, kind, theme, title, aim, audience, minutes, material, languages, questions, knowledge, signs
    )


def _describe(
    offer: Offer, kind: str, theme: str, title: str, aim: str, audience: str, minutes: int, material: str,
    languages: Sequence[str], questions: Sequence[str], knowledge: Sequence[str], sheet: bool,
) -> Offer:  # fmt: skip
    if kind not in ActionKind.values or theme not in THEMES:
        raise Refused("Choisissez une forme et un thème.")
    if not title.strip() or not aim.strip():
        raise Refused("Donnez un titre et un but.")
    if sheet and kind != ActionKind.TRAINING:
        raise Refused(
            "Seule une formation demande une feuille d’émargement\u00a0: ailleurs, personne ne donne son nom."
        )
    asked = [q.strip() for q in questions if q.strip()] or standard_questions()
    if len(asked) != 3:
        raise Refused("Trois questions à la fin, ni plus ni moins.")
    known = [q.strip() for q in knowledge if q.strip()]
    if len(known) > 5 or (known and kind != ActionKind.TRAINING):
        raise Refused("Les questions d’avant et d’après sont pour les formations, cinq au plus.")
    offer.kind, offer.theme, offer.title, offer.aim = kind, theme, title.strip(), aim.strip()
    offer.audience, offer.minutes, offer.material = audience.strip(), minutes, material.strip()
    offer.languages, offer.questions, offer.knowledge, offer.signs = [*languages], asked, known, sheet
    offer.save()
    return offer


@command("material.add", allowed=policy.may_run)
def add_material(*, actor: Actor, title: str, name: str, content: bytes, theme: str = "") -> Material:
    """A file of the service: a poster, slides, a leaflet."""
    if not title.strip():
        raise Refused("Donnez un titre.")
    return _kept(actor, Material(series=new_id(), title=title.strip(), theme=theme), name, content)


@command("material.renew", allowed=policy.may_run)
def renew_material(*, actor: Actor, material: Material, name: str, content: bytes) -> Material:
    """A new version; the earlier ones stay, and say their number."""
    rows = Material.objects.visible_to(actor).filter(series=material.series)
    newest = rows.select_for_update().order_by("-version")[0]
    if newest.withdrawn_on is not None:
        raise Refused("Ce support est retiré. Ajoutez-en un nouveau.")
    row = Material(series=newest.series, version=newest.version + 1, title=newest.title, theme=newest.theme)
    return _kept(actor, row, name, content)


def _kept(actor: Actor, material: Material, name: str, content: bytes) -> Material:
    clean = uploads.clean(name, content)
    if antivirus.scan(clean.content) not in (antivirus.Verdict.CLEAN, antivirus.Verdict.OFF):
        raise Refused("L’antivirus refuse ce fichier, ou ne répond pas. Il n’est pas gardé\u00a0; réessayez plus tard.")
    material.kind, material.size = clean.kind, len(clean.content)
    material.added_on, material.added_by_id = timezone.localdate(), actor.account_id
    material.save()
    MaterialFile(material=material, body=clean.content).save()
    return material


@command("material.withdraw", allowed=policy.may_run)
def withdraw_material(*, actor: Actor, material: Material) -> Material:
    """Propose it no more, in any version."""
    if material.withdrawn_on is not None:
        raise Refused("Ce support est déjà retiré.")
    today = timezone.localdate()
    Material.objects.visible_to(actor).filter(series=material.series, withdrawn_on=None).update(withdrawn_on=today)
    material.withdrawn_on = today
    return material


def _plain(words: str, wanted: str = "") -> str | None:
    said = words.strip()
    if not said and wanted:
        raise Refused(wanted)
    found = signs(said, ()).plain
    if found:
        raise Refused(f"Ce texte contient {', '.join(found)}. On parle du travail, de personne\u00a0: retirez-le.")
    return said or None


@command("improvement.open", allowed=policy.may_improve)
def open_improvement(
    *, actor: Actor, company: Company, title: str, observation: str, establishment: Establishment | None = None,
    action: Action | None = None, idea: str = "", with_whom: str = "",
) -> Improvement:  # fmt: skip
    """What was observed of the work, and an idea; the workplace's contacts read it."""
    if establishment is not None and establishment.company_id != company.pk:
        raise Refused("Cet établissement n’est pas de cette entreprise.")
    if action is not None and action.company_id != company.pk:
        raise Refused("Cette action n’est pas de cette entreprise.")
    if not title.strip():
        raise Refused("Dites en quelques mots ce dont il s’agit.")
    row = Improvement(
        company=company, establishment=establishment, action=action, title=title.strip(),
        observation=_plain(observation, "Écrivez ce qui a été observé."), idea=_plain(idea),
        with_whom=with_whom.strip(), opened_on=timezone.localdate(), opened_by_id=actor.account_id,
    )  # fmt: skip
    row.save()
    return row


def _going_on(actor: Actor, improvement: Improvement, *states: str) -> Improvement:
    current = Improvement.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=improvement.pk)
    if current.state not in states:
        raise Refused(f"Cette ligne est au point «\u202f{current.get_state_display()}\u202f».")
    return current


@command("improvement.try", allowed=policy.may_improve)
def try_improvement(
    *, actor: Actor, improvement: Improvement, idea: str, indicators: str, trial_from: date, trial_until: date,
    with_whom: str = "",
) -> Improvement:  # fmt: skip
    """A trial with its dates, and what will be looked at, chosen together before it begins."""
    current = _going_on(actor, improvement, TrialState.IDEA, TrialState.TRIAL)
    if trial_until < trial_from:
        raise Refused("La fin de l’essai vient avant son début.")
    current.idea = _plain(idea, "Dites ce qui est essayé.")
    current.indicators = _plain(indicators, "Dites ce qu’on regardera, choisi ensemble.")
    current.trial_from, current.trial_until, current.state = trial_from, trial_until, TrialState.TRIAL
    current.with_whom = with_whom.strip() or current.with_whom
    current.save()
    return current


@command("improvement.conclude", allowed=policy.may_improve)
def conclude_improvement(*, actor: Actor, improvement: Improvement, result: str, kept: bool) -> Improvement:
    """What it gave; kept, or not."""
    current = _going_on(actor, improvement, TrialState.TRIAL)
    current.result = _plain(result, "Écrivez ce que l’essai a donné.")
    current.state = TrialState.KEPT if kept else TrialState.DROPPED
    current.ended_on = timezone.localdate()
    current.save(update_fields=["result", "state", "ended_on"])
    return current
