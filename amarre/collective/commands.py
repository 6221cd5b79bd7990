"""Every write about an action, from a wish to its end. Sessions, evaluations and the shelf have modules of their own.

Read by the doors. Must not know HTTP. Whether an action is sensitive, and whether anything may be counted, is decided
here once, from its theme, its form and the size of the workplace; the database holds it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from amarre.collective import agenda, gate, papers, policy
from amarre.collective.catalogue import OTHER, THEMES
from amarre.collective.models import Action, Offer, Session
from amarre.collective.notices import tell_asker, tell_workplace
from amarre.collective.queries import account_of
from amarre.collective.states import ASKED, GOING_ON, ActionKind, ActionState, Asker, EvaluationState, SessionState
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.paper import Unprintable
from amarre.organisations.models import Centre, Company, Contact, Establishment
from amarre.organisations.queries_duties import largest
from amarre.sharing.anonymity import signs

LOOK_BACK_MONTHS = 3
MOST_CONTACTS, LONGEST_CONTACT = 5, 160
_ENDED = "Cette action est terminée."


@command("action.ask", allowed=policy.may_ask)
def ask_action(
    *, actor: Actor, contact: Contact, offer: Offer, need: str, wished: str = "", expected: int | None = None
) -> Action:
    """An employer, or elected members, wish for something of the catalogue, in their own words."""
    asker = Asker.WORKS_COUNCIL if contact.is_council else Asker.EMPLOYER
    return _new(
        actor, offer, contact.establishment.company, contact.establishment, asker, contact=contact, need=need,
        wished=wished.strip(), expected=expected,
    )  # fmt: skip


@command("action.open", allowed=policy.may_propose)
def open_action(
    *, actor: Actor, offer: Offer, company: Company, asker: str, need: str, establishment: Establishment | None = None,
    title: str = "", wished: str = "", expected: int | None = None,
) -> Action:  # fmt: skip
    """Write down a wish that was said, or what the service proposes."""
    if asker not in Asker.values:
        raise Refused("Dites qui demande cette action.")
    if not policy.may_arrange(actor) and asker != Asker.HEALTH_TEAM:
        raise Refused("Vous demandez au nom de l’équipe de santé au travail.")
    if establishment is not None and establishment.company_id != company.pk:
        raise Refused("Cet établissement n’est pas de cette entreprise.")
    lead_id = actor.account_id if policy.may_run(actor) else None
    return _new(
        actor, offer, company, establishment, asker, need=need, wished=wished.strip(), expected=expected,
        title=title.strip(), lead_id=lead_id,
    )  # fmt: skip


def _new(
    actor: Actor, offer: Offer, company: Company, establishment: Establishment | None, asker: str, *, need: str,
    title: str = "", **more: object,
) -> Action:  # fmt: skip
    if not offer.active:
        raise Refused("Cette action n’est plus au catalogue. Choisissez-en une autre.")
    if not need.strip():
        raise Refused("Dites en quelques mots ce qui est souhaité.")
    _name_nobody(need)
    theme = THEMES.get(offer.theme)
    sensitive = theme is not None and theme.sensitive
    action = Action(
        offer=offer, kind=offer.kind, theme=offer.theme, title=title or offer.title, aim=offer.aim,
        audience=offer.audience, company=company,
        establishment=establishment, centre_id=_centre(actor, establishment), asker=asker,
        asked_on=timezone.localdate(), need=need.strip(), sensitive=sensitive, signs=offer.signs,
        discreet=gate.is_discreet(
            sensitive=sensitive, for_managers=offer.kind == ActionKind.TRAINING,
            employees=_employees(actor, company, establishment),
        ),
        questions=[*offer.questions], knowledge=[*offer.knowledge], **more,
    )  # fmt: skip
    action.save()
    return action


def _centre(actor: Actor, establishment: Establishment | None) -> int:
    if establishment is not None and establishment.centre_id is not None:
        return establishment.centre_id
    found = Centre.objects.visible_to(actor).filter(active=True).order_by("-is_default", "name").first()
    if found is None:
        raise Refused("Aucun centre n’est ouvert.")
    return found.pk


def _employees(actor: Actor, company: Company, establishment: Establishment | None) -> int | None:
    """The size of the workplace, or of the smallest when it is for all: the smallest protects."""
    if establishment is not None:
        return largest(establishment.headcount)
    rows = Establishment.objects.visible_to(actor).filter(company=company, active=True)
    sizes = [largest(headcount) for headcount in rows.values_list("headcount", flat=True)]
    return None if not sizes or None in sizes else min(size for size in sizes if size is not None)


def _name_nobody(words: str) -> None:
    """What is written here is read by others: no number, no address of anybody."""
    found = signs(words, ()).plain
    if found:
        raise Refused(f"Ce texte contient {', '.join(found)}. Une action parle d’un groupe\u00a0: retirez-le.")


def _held(actor: Actor, action: Action, *states: str) -> Action:
    """The row, locked, in one of these states. Raises `Refused` with where it stands."""
    rows = Action.objects.visible_to(actor).select_for_update(of=("self",))
    current = rows.select_related("contact").get(pk=action.pk)
    if current.state not in states:
        raise Refused(
            _ENDED
            if current.state not in GOING_ON
            else f"Ce n’est pas le moment\u00a0: l’action est au point «\u202f{current.get_state_display()}\u202f»."
        )
    return current


@command("action.discuss", allowed=policy.may_run)
def discuss_action(*, actor: Actor, action: Action, discussion: str, theme: str = "") -> Action:
    """What the need is, once talked over with whoever asked; its theme, when the catalogue had no line for it."""
    current = _held(actor, action, *ASKED)
    if not discussion.strip():
        raise Refused("Écrivez ce qui ressort de l’échange.")
    _name_nobody(discussion)
    if theme and current.theme == OTHER:
        _of_theme(actor, current, theme)
    current.discussion, current.discussed_on = discussion.strip(), timezone.localdate()
    current.state = ActionState.DISCUSSED
    current.lead_id = current.lead_id or actor.account_id
    current.save(update_fields=["discussion", "discussed_on", "state", "lead_id", "theme", "sensitive", "discreet"])
    return current


def _of_theme(actor: Actor, current: Action, theme: str) -> None:
    """What was asked in one's own words gets its theme, and what the theme protects."""
    if theme not in THEMES:
        raise Refused("Choisissez un thème dans la liste.")
    current.theme, current.sensitive = theme, THEMES[theme].sensitive
    current.discreet = gate.is_discreet(
        sensitive=current.sensitive, for_managers=current.kind == ActionKind.TRAINING,
        employees=_employees(actor, current.company, current.establishment),
    )  # fmt: skip


@command("action.agree", allowed=policy.may_run)
def agree_action(
    *, actor: Actor, action: Action, agreed_with: str, agreed_on: date, place: str, expected: int | None = None,
    access: str = "", interpreter: str = "", accessibility: str = "", title: str = "", on_work_time: bool = False,
) -> Action:  # fmt: skip
    """What was agreed in writing; from now on the workplace's contacts read it. Included in the contribution."""
    current = _held(actor, action, *ASKED, ActionState.AGREED)
    if current.theme == OTHER and current.state == ActionState.REQUESTED:
        raise Refused("Notez d’abord le besoin et son thème\u00a0: certains demandent de la discrétion.")
    if not agreed_with.strip():
        raise Refused("Dites avec qui c’est convenu\u00a0: une fonction suffit.")
    if not place.strip():
        raise Refused("Dites où cela se passe, ou «\u202fà distance\u202f».")
    if agreed_on > timezone.localdate():
        raise Refused("L’accord ne peut pas être daté de l’avenir.")
    current.agreed_with, current.agreed_on, current.place = agreed_with.strip(), agreed_on, place.strip()
    current.expected, current.access, current.interpreter = expected, access.strip(), interpreter.strip()
    current.accessibility, current.title = accessibility.strip(), title.strip() or current.title
    current.on_work_time = on_work_time
    current.state, current.lead_id = ActionState.AGREED, current.lead_id or actor.account_id
    current.save()
    tell_workplace(actor, current, "agreed")
    return current


@command("action.tell", allowed=policy.may_arrange)
def tell_action(*, actor: Actor, action: Action, local_contacts: Sequence[str] | None = None) -> Action:
    """It is announced: poster, leaflet, mail. What these name nearby may be corrected until the action is held."""
    current = _held(actor, action, ActionState.AGREED)
    if not Session.objects.visible_to(actor).filter(action=current, state=SessionState.PLANNED).exists():
        raise Refused("Fixez d’abord une séance\u00a0: on annonce un jour et une heure.")
    if local_contacts is not None:
        current.local_contacts = _lines(local_contacts)
    current.told_on = current.told_on or timezone.localdate()
    current.save(update_fields=["told_on", "local_contacts"])
    tell_workplace(actor, current, "told")
    return current


def _lines(contacts: Sequence[str]) -> list[str]:
    """What the papers name nearby: few and short, so that a poster is read."""
    lines = [*dict.fromkeys(said for line in contacts if (said := " ".join(line.split())))]
    if len(lines) > MOST_CONTACTS:
        raise Refused(f"Gardez {MOST_CONTACTS} structures au plus\u00a0: une affiche se lit en passant.")
    if any(len(line) > LONGEST_CONTACT for line in lines):
        raise Refused(f"Une structure tient en {LONGEST_CONTACT} signes\u00a0: son nom, sa commune, son téléphone.")
    return lines


@command("action.refuse", allowed=policy.may_run)
def refuse_action(*, actor: Actor, action: Action, why: str) -> Action:
    """The service does not follow up, and says why."""
    current = _held(actor, action, *ASKED)
    if not why.strip():
        raise Refused("Dites pourquoi, et vers qui se tourner.")
    current.state, current.ended_reason, current.closed_on = ActionState.REFUSED, why.strip(), timezone.localdate()
    current.save(update_fields=["state", "ended_reason", "closed_on"])
    tell_asker(current, "refused")
    return current


@command("action.withdraw", allowed=policy.may_withdraw)
def withdraw_action(*, actor: Actor, action: Action, why: str = "") -> Action:
    """Whoever asked wishes it no more; at the employer's door, before the agreement alone."""
    rows = Action.objects.visible_to(actor).for_employer().select_for_update(of=("self",))
    current = rows.filter(pk=action.pk).first()
    may = ASKED if not policy.may_run(actor) else (*ASKED, ActionState.AGREED)
    if current is None or current.state not in may:
        raise Refused("Cette action ne peut plus être retirée ici. Appelez le centre.")
    if policy.may_run(actor):
        if current.evaluation == EvaluationState.OPEN:
            raise Refused("Fermez d’abord l’évaluation.")
        for session in Session.objects.visible_to(actor).filter(action=current, state=SessionState.PLANNED):
            agenda.call_off(actor, session)
        _tell_the_end(actor, current)
    current.state, current.ended_reason, current.closed_on = ActionState.WITHDRAWN, why.strip(), timezone.localdate()
    current.save(update_fields=["state", "ended_reason", "closed_on"])
    return current


def _tell_the_end(actor: Actor, current: Action) -> None:
    """Once it was agreed the workplace counts on it; before, only whoever asked does."""
    if current.agreed_on is not None:
        tell_workplace(actor, current, "withdrawn")
    else:
        tell_asker(current, "withdrawn")


@command("action.count_follow_ups", allowed=policy.may_arrange)
def count_follow_ups(*, actor: Actor, action: Action, follow_ups: int) -> Action:
    """How many turned to the service afterwards: a number that somebody typed, tied to nobody."""
    current = _held(actor, action, ActionState.HELD, ActionState.ACCOUNTED)
    if current.discreet:
        raise Refused("Pour ce thème et une équipe de cette taille, rien n’est compté.")
    current.follow_ups = follow_ups
    current.save(update_fields=["follow_ups"])
    return current


@command("action.account", allowed=policy.may_run)
def account_action(*, actor: Actor, action: Action, report: str) -> Action:
    """The account to employer and works council; no figure about individual support. Questions are closed first."""
    current = _held(actor, action, ActionState.HELD, ActionState.ACCOUNTED)
    if current.evaluation == EvaluationState.OPEN:
        raise Refused("Les réponses arrivent encore. Fermez d’abord l’évaluation.")
    if not report.strip():
        raise Refused("Écrivez ce qui a été fait.")
    _name_nobody(report)
    current.report, current.report_on = report.strip(), timezone.localdate()
    current.state = ActionState.ACCOUNTED
    _on_one_page(actor, current)
    current.save(update_fields=["report", "report_on", "state"])
    tell_workplace(actor, current, "account")
    return current


def _on_one_page(actor: Actor, action: Action) -> None:
    """What is handed over is read on one page: what does not hold on it is refused, never cut."""
    try:
        papers.print_account(account_of(actor, action), action.centre)
    except Unprintable as why:
        raise Refused(str(why)) from why


@command("action.look_back", allowed=policy.may_run)
def look_back_action(*, actor: Actor, action: Action, look_back: str) -> Action:
    """Three months later, with the employer: what changed."""
    current = _held(actor, action, ActionState.ACCOUNTED)
    if not look_back.strip():
        raise Refused("Écrivez ce qui a changé, ou que rien n’a changé.")
    _name_nobody(look_back)
    current.look_back, current.look_back_on = look_back.strip(), timezone.localdate()
    _on_one_page(actor, current)
    current.save(update_fields=["look_back", "look_back_on"])
    tell_workplace(actor, current, "look_back")
    return current


@command("action.close", allowed=policy.may_run)
def close_action(*, actor: Actor, action: Action) -> Action:
    """Nothing is due any more."""
    current = _held(actor, action, ActionState.ACCOUNTED)
    if current.look_back_on is None:
        raise Refused("Faites d’abord le bilan avec l’employeur, trois mois après.")
    current.state, current.closed_on = ActionState.CLOSED, timezone.localdate()
    current.save(update_fields=["state", "closed_on"])
    return current
