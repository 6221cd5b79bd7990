"""Forms of agreements, transmissions and exceptions: they check shapes; the commands check the trade.

Read by the views beside. No box is ever ticked beforehand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from amarre.plans.models import Action, Document
from amarre.sharing.models import Agreement
from amarre.sharing.states import Carrier, GivenHow, Kind, LawBasis, PartyKind, Purpose, ReviewOutcome, Topic
from amarre.web.staff.sharing.people import OTHER, Groups
from amarre.web.ui import dates
from amarre.web.ui.fields import choice_field

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _in_three_months() -> date:
    return timezone.localdate() + timedelta(days=91)


class _ToForm(forms.Form):
    """Who it is for."""

    to = forms.ChoiceField(label="À qui")
    to_words = forms.CharField(
        label="Qui est-ce", max_length=200, required=False,
        help_text="Pour un autre destinataire\u00a0: son nom, ce qu’il fait, où.",
    )  # fmt: skip

    def __init__(self, people: Groups, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "to").choices = people

    def clean(self) -> dict[str, Any]:
        """Somebody else is described."""
        data = super().clean() or {}
        if data.get("to") == OTHER and not str(data.get("to_words", "")).strip():
            self.add_error("to_words", "Dites qui est ce destinataire.")
        return data


class AgreementForm(_ToForm):
    """Asking for an agreement: to whom, what for, what may be said, until when."""

    purpose = forms.ChoiceField(label="Pour quoi", choices=[("", "Choisissez…"), *Purpose.choices])
    purpose_words = forms.CharField(label="Précision", max_length=200, required=False)
    what = forms.CharField(
        label="Ce qui pourra être dit", max_length=4_000, widget=forms.Textarea({"rows": 4}),
        help_text="Avec ses mots. Rien d’autre ne pourra partir.",
    )  # fmt: skip
    until = forms.DateField(label="Jusqu’au", widget=_DAY, initial=_in_three_months, help_text="Un an au plus.")


class GiveForm(forms.Form):
    """How the person said yes, in front of the member."""

    how = forms.ChoiceField(
        label="Comment l’accord est donné",
        choices=[c for c in GivenHow.choices if c[0] != GivenHow.SPACE],
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label="Quand", required=False, help_text="Vide\u00a0: maintenant.",
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    proof = forms.ChoiceField(label="Le papier signé", required=False, help_text="Parmi les documents du projet.")
    signature = forms.CharField(label="Signature", required=False, max_length=100_000, widget=forms.HiddenInput)

    def __init__(self, papers: list[Document], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "proof").choices = [("", "Choisissez…"), *((str(p.pk), p.title) for p in papers)]


_EXPECTED = {
    PartyKind.UNIT: (Kind.ITEM,),
    PartyKind.PARTNER: (Kind.WORD, Kind.REQUEST, Kind.ORIENTATION),
}


class ComposeForm(forms.Form):
    """What the recipient will read."""

    agreement = forms.ChoiceField(label="Avec quel accord", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Ce que vous attendez",
        choices=[c for c in Kind.choices if c[0] != Kind.MINUTES],
        initial=Kind.WORD,
        help_text="À une demande, le destinataire répond\u00a0: accepté, refusé ou à discuter.",
    )
    topic = forms.ChoiceField(
        label="Ce que vous demandez", required=False, choices=[("", "Rien de particulier"), *Topic.choices],
        help_text="Pour une demande.",
    )  # fmt: skip
    action = forms.ChoiceField(
        label="Pour une action du projet", required=False,
        help_text="Sa réponse se verra sur le projet. Rien d’autre du projet ne sera montré.",
    )  # fmt: skip
    subject = forms.CharField(label="De qui il s’agit", max_length=160)
    content = forms.CharField(
        label="Ce que le destinataire lira, mot pour mot", max_length=20_000, widget=forms.Textarea({"rows": 9})
    )
    carrier = forms.ChoiceField(
        label="Par quel moyen", required=False,
        choices=[("", "Le plus direct pour ce destinataire"), *(c for c in Carrier.choices if c[0] != Carrier.INBOX)],
        help_text="Qui a un accès le lit dans son espace\u00a0; les autres, par un lien ou un courrier.",
    )  # fmt: skip
    visible_until = forms.DateField(
        label="Visible jusqu’au", widget=_DAY, required=False, help_text="Vide\u00a0: jusqu’à la fin de l’accord."
    )

    def __init__(self, agreed: list[Agreement], actions: list[Action], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreed = {str(a.pk): a for a in agreed}
        said = [
            (key, f"{a.party} · {a.purpose_words or a.get_purpose_display()} · jusqu’au {dates.long_day(a.until)}")
            for key, a in self.agreed.items()
        ]
        choice_field(self, "agreement").choices = said
        self.actions = {str(a.pk): a for a in actions}
        choice_field(self, "action").choices = [("", "Aucune"), *((k, a.what) for k, a in self.actions.items())]

    def clean(self) -> dict[str, Any]:
        """What is expected depends on who is asked."""
        data = super().clean() or {}
        if data.get("topic") and data.get("kind") not in (None, Kind.REQUEST):
            self.add_error("topic", "Pour demander quelque chose, choisissez «\u00a0Demande\u00a0» au-dessus.")
        chosen = self.agreed.get(str(data.get("agreement")))
        if chosen is None:
            return data
        fits = _EXPECTED.get(PartyKind(chosen.party_kind), (Kind.WORD, Kind.REQUEST))
        if data.get("kind") and data["kind"] not in fits:
            words = " ou ".join(Kind(k).label.lower() for k in fits)
            self.add_error("kind", f"Pour ce destinataire, choisissez\u00a0: {words}.")
        return data


class EditForm(forms.Form):
    """Correcting what has not left."""

    subject = forms.CharField(label="De qui il s’agit", max_length=160)
    content = forms.CharField(
        label="Ce que le destinataire lira, mot pour mot", max_length=20_000, widget=forms.Textarea({"rows": 9})
    )
    visible_until = forms.DateField(label="Visible jusqu’au", widget=_DAY, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExceptionForm(_ToForm):
    """The law lets it be said without an agreement: on which basis, why, to whom, what."""

    basis = forms.ChoiceField(label="Sur quel fondement", choices=LawBasis.choices, widget=forms.RadioSelect)
    reason_words = forms.CharField(
        label="Ce qui rend cela nécessaire", max_length=8_000, widget=forms.Textarea({"rows": 4}),
        help_text="Les membres du dossier seuls le liront.",
    )  # fmt: skip
    subject = forms.CharField(label="De qui il s’agit", max_length=160)
    content = forms.CharField(
        label="Ce que le destinataire lira, mot pour mot", max_length=20_000, widget=forms.Textarea({"rows": 7})
    )


class ReviewForm(forms.Form):
    """What one says of an exception after re-reading it."""

    outcome = forms.ChoiceField(label="Après relecture", choices=ReviewOutcome.choices, widget=forms.RadioSelect)
