"""Forms of an action and its sessions: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.collective.catalogue import theme_choices
from amarre.collective.models import Action, Offer, Session
from amarre.collective.states import LANGUAGES, Asker, Signature
from amarre.collective.told import REMOTE
from amarre.core.actor import Actor
from amarre.web.ui.fields import choice_field

_LONG = forms.Textarea({"rows": 6})
_WIDEST = 2_000


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def _hour(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M"))


def _number(label: str, *, required: bool = False, least: int = 1, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=_WIDEST,
        widget=forms.NumberInput({"class": "short"}), **options,
    )  # fmt: skip


class _Form(forms.Form):
    use_required_attribute = False


class NewForm(_Form):
    """A wish: what, by whom, in which words."""

    offer = forms.ChoiceField(label="Quelle action")
    asker = forms.ChoiceField(
        label="Qui la demande", choices=Asker.choices, widget=forms.RadioSelect({"class": "row2"})
    )
    need = forms.CharField(
        label="Ce qui est souhaité",
        max_length=4_000,
        widget=_LONG,
        help_text="Avec leurs mots. On parle d’un groupe\u00a0: aucun nom, aucun numéro.",
    )
    wished = forms.CharField(label="Quand, à peu près", max_length=120, required=False)
    expected = _number("Personnes attendues, à peu près")
    whole = forms.BooleanField(label="Pour toute l’entreprise, pas ce seul établissement", required=False)

    def __init__(self, offers: list[Offer], asker: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for offer in offers:
            groups.setdefault(offer.theme_label, []).append((str(offer.pk), offer.title))
        choice_field(self, "offer").choices = [("", "Choisissez…"), *groups.items()]
        if asker:
            choice_field(self, "asker").choices = [(asker, Asker(asker).label)]
            self.initial.setdefault("asker", asker)


class DiscussForm(_Form):
    """What the need is, once talked over."""

    discussion = forms.CharField(
        label="Ce qui ressort de l’échange",
        max_length=4_000,
        widget=_LONG,
        help_text="Ce que le groupe doit en retirer, ce qui s’est déjà fait, ce qui n’est pas demandé.",
    )


class DiscussOtherForm(DiscussForm):
    """The same for « Autre chose »: what it is about decides what may be counted."""

    theme = forms.ChoiceField(
        label="De quel thème s’agit-il",
        choices=[("", "Choisissez…"), *theme_choices()],
        help_text="Sur certains thèmes, on vient sans s’inscrire et rien ne sort du service.",
    )


class AgreeForm(_Form):
    """What was agreed in writing."""

    agreed_with = forms.CharField(
        label="Convenu avec", max_length=120, help_text="Une fonction suffit\u00a0: la direction, le CSE."
    )
    agreed_on = _day("Convenu le")
    title = forms.CharField(label="Titre annoncé", max_length=160, required=False)
    expected = _number("Personnes attendues")
    place = forms.CharField(label="Lieu", max_length=200, help_text="Ou «\u202fà distance\u202f».")
    access = forms.CharField(label="Accès", max_length=200, required=False)
    interpreter = forms.CharField(label="Interprète", max_length=120, required=False)
    accessibility = forms.CharField(label="Accessibilité", max_length=200, required=False)
    on_work_time = forms.BooleanField(
        label="C’est sur le temps de travail",
        required=False,
        help_text="L’affiche et le message le diront. Sinon, ils n’en disent rien.",
    )

    @staticmethod
    def of(action: Action) -> dict[str, Any]:
        """What is known already."""
        names = (
            "agreed_with", "agreed_on", "title", "expected", "place", "access", "interpreter", "accessibility",
            "on_work_time",
        )  # fmt: skip
        return {name: getattr(action, name) for name in names}


class TellForm(_Form):
    """What the papers name nearby: structures of the directory, and lines of one's own."""

    known = forms.MultipleChoiceField(
        label="De l’annuaire, pour ce thème", required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label="D’autres, une par ligne",
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Un nom, une commune, un téléphone.",
    )

    def __init__(self, nearby: list[str], data: Any, *, initial: Action) -> None:
        kept = initial.local_contacts
        own = [line for line in kept if line not in nearby]
        super().__init__(data, initial={"known": [line for line in kept if line in nearby], "more": "\n".join(own)})
        choice_field(self, "known").choices = [(line, line) for line in nearby]
        if not nearby:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        """All of them, as the command takes them."""
        said = self.cleaned_data
        return {"local_contacts": [*said.get("known", ()), *said.get("more", "").splitlines()]}


class CloseForm(_Form):
    """Nothing is due any more."""


class ReportForm(_Form):
    """The words of the account."""

    report = forms.CharField(
        label="Ce qui a été fait",
        max_length=6_000,
        widget=_LONG,
        help_text="L’employeur et le CSE le liront\u00a0: ce qui a été dit, jamais par qui. "
        "Aucun chiffre sur l’accompagnement des personnes.",
    )


class LookBackForm(_Form):
    """What changed, three months later."""

    look_back = forms.CharField(
        label="Ce qui a changé, vu avec l’employeur",
        max_length=6_000,
        widget=_LONG,
        help_text="L’employeur et le CSE le liront.",
    )


class WhyForm(_Form):
    """Why it goes no further."""

    why = forms.CharField(label="Pourquoi", max_length=200, required=False)


class FollowUpsForm(_Form):
    """How many turned to the service afterwards."""

    follow_ups = _number("Sollicitations reçues après l’action", required=True, least=0)


class SessionForm(_Form):
    """A day, an hour, a place, who leads it, and whether one signs up."""

    day = _day("Jour")
    starts = _hour("Début")
    ends = _hour("Fin")
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    link = forms.URLField(
        label="Lien, si c’est à distance", max_length=300, required=False, assume_scheme="https",
        help_text="Avec un lien, l’affiche et la page de la séance disent «\u202fà distance\u202f», sans le lieu.",
    )  # fmt: skip
    travel = forms.IntegerField(
        label="Trajet, en minutes", required=False, min_value=0, max_value=240,
        help_text="Pris dans l’agenda de l’équipe, avant et après.",
        widget=forms.NumberInput({"class": "short"}),
    )  # fmt: skip
    team = forms.MultipleChoiceField(label="Qui anime", widget=forms.CheckboxSelectMultiple({"class": "row2"}))
    languages = forms.MultipleChoiceField(
        label="Langues", choices=LANGUAGES, widget=forms.CheckboxSelectMultiple({"class": "row2"}), initial=["fr"]
    )
    capacity = _number("Places")
    sign_up = forms.BooleanField(
        label="Proposer une inscription",
        required=False,
        help_text="Par un lien, sous un prénom ou un pseudonyme. L’employeur ne la lit pas, "
        "et elle est détruite 30 jours après la séance.",
    )

    def __init__(self, actor: Actor, action: Action, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = {action.centre_id, *actor.centres}
        found = Colleague.objects.visible_to(actor).working_in(centres).exclude(roles__overlap=["service_admin"])
        self.known = {str(colleague.pk): colleague for colleague in found.order_by("name")}
        choice_field(self, "team").choices = [(key, colleague.name) for key, colleague in self.known.items()]
        if action.sensitive:
            del self.fields["sign_up"]

    def clean(self) -> dict[str, Any]:
        """By a link one comes to no room: whoever reads the place of the session is not sent to it."""
        said = self.cleaned_data
        return said | {"place": REMOTE} if said.get("link") else said

    def clean_travel(self) -> int:
        """None said is none."""
        return self.cleaned_data["travel"] or 0

    def clean_team(self) -> list[Colleague]:
        """The colleagues themselves."""
        return [self.known[key] for key in self.cleaned_data["team"]]

    @staticmethod
    def of(session: Session, team: list[Colleague], travel: int) -> dict[str, Any]:
        """What is known already."""
        names = ("day", "starts", "ends", "place", "link", "languages", "capacity", "sign_up")
        return {name: getattr(session, name) for name in names} | {
            "team": [str(c.pk) for c in team],
            "travel": travel,
        }


class HoldForm(_Form):
    """How many were there; nothing where to count is to show."""

    head_count = _number("Personnes présentes", required=True, least=0, help_text="Comptées à la porte. Aucun nom.")

    def __init__(self, action: Action, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if action.discreet:
            del self.fields["head_count"]


class SignForm(_Form):
    """A line of the sign-in sheet."""

    name = forms.CharField(label="Prénom et nom", max_length=120)
    signature = forms.ChoiceField(label="Présence attestée", choices=Signature.choices, initial=Signature.PAPER)
