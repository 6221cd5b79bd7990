"""Forms of the requests: they check shapes; the commands check the trade.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.cases.states import Urgency
from amarre.core.actor import Actor
from amarre.intake.states import AttemptResult, Source, State
from amarre.organisations.models import Centre
from amarre.organisations.queries import Choices
from amarre.web.ui.fields import choice_field

_ANOTHER = "C’est bien une autre demande : l’enregistrer"
NEXT_QUEUE, NEXT_TAKE, NEXT_ANSWER = "queue", "take", "answer"


def centres_of(actor: Actor) -> list[tuple[int, str]]:
    """Centres to choose from, one's own first."""
    rows = Centre.objects.visible_to(actor).filter(active=True)
    return [(c.pk, c.name) for c in sorted(rows, key=lambda c: (c.pk not in actor.centres, c.name))]


class NewContactForm(forms.Form):
    """A first contact, in under a minute: two mandatory fields, the rest when it is known."""

    source = forms.ChoiceField(label="Qui demande", choices=Source.choices, initial=Source.EMPLOYEE)
    last_name = forms.CharField(
        label="Nom", max_length=80, required=False, help_text="Laissez vide si la personne veut rester anonyme."
    )
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    phone = forms.CharField(label="Téléphone", max_length=20, required=False, widget=forms.TextInput({"type": "tel"}))
    email = forms.EmailField(label="Courriel", required=False)
    contact_note = forms.CharField(
        label="Quand et comment joindre", max_length=160, required=False, help_text="Par exemple : après 17 h, par SMS."
    )
    do_not_call = forms.BooleanField(label="Ne pas appeler", required=False)
    company = forms.CharField(label="Entreprise", max_length=160, required=False)
    city = forms.CharField(label="Commune de travail", max_length=80, required=False)
    requester_name = forms.CharField(
        label="Nom de qui demande", max_length=120, required=False, help_text="Si ce n’est pas la personne elle-même."
    )
    requester_phone = forms.CharField(label="Téléphone de qui demande", max_length=20, required=False)
    requester_email = forms.EmailField(label="Courriel de qui demande", required=False)
    centre = forms.TypedChoiceField(label="Centre", coerce=int)
    reasons = forms.MultipleChoiceField(
        label="Motif", required=False, widget=forms.CheckboxSelectMultiple({"class": "row2"})
    )
    words = forms.CharField(
        label="Ce que la personne dit", required=False, max_length=20_000, widget=forms.Textarea({"rows": 4}),
        help_text="Ses mots à elle, jamais ceux d’un tiers. Lus par les assistantes sociales du centre.",
    )  # fmt: skip
    next = forms.ChoiceField(
        label="Et maintenant",
        choices=[
            (NEXT_QUEUE, "Mettre dans la file du centre"),
            (NEXT_TAKE, "Je la prends"),
            (NEXT_ANSWER, "J’ai répondu tout de suite"),
        ],
        initial=NEXT_QUEUE,
        required=False,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Ce que vous avez répondu", required=False, max_length=20_000, widget=forms.Textarea({"rows": 3}),
        help_text="Seulement si vous avez répondu tout de suite : le dossier est ouvert et clos avec cette note.",
    )  # fmt: skip
    another = forms.BooleanField(label=_ANOTHER, required=False)

    def __init__(self, actor: Actor, reasons: dict[str, Choices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "centre").choices = centres_of(actor)
        worker = actor.has("social_worker")
        if worker:
            choice_field(self, "reasons").choices = [
                ("La personne elle-même", reasons["employee_reason"]),
                ("Un tiers : motif neutre", reasons["employer_reason"]),
            ]
        else:
            del self.fields["reasons"]
        if not worker:
            for name in ("words", "next", "answer"):
                del self.fields[name]
        if not self.data.get("another"):
            del self.fields["another"]
        if self.data.get("person"):
            self.fields["person"] = forms.CharField(required=False, max_length=24)

    def ask_if_another(self) -> None:
        """A request alike is waiting: say whether this is another one."""
        self.fields["another"] = forms.BooleanField(label=_ANOTHER, required=False)

    def ask_who(self, people: list[tuple[str, str]]) -> None:
        """Somebody alike is known: say whether it is them."""
        self.fields["person"] = forms.ChoiceField(
            label="De qui s’agit-il ?", choices=people, widget=forms.RadioSelect, required=False
        )

    def clean(self) -> dict[str, Any]:
        """What goes together."""
        data = super().clean() or {}
        if data.get("next") == NEXT_ANSWER and not str(data.get("answer", "")).strip():
            self.add_error("answer", "Écrivez en une phrase ce que vous avez répondu.")
        source = data.get("source")
        if source and source != Source.EMPLOYEE:
            if not str(data.get("last_name", "")).strip():
                self.add_error("last_name", "Indiquez le nom de la personne à joindre.")
            if data.get("next") in (NEXT_TAKE, NEXT_ANSWER):
                self.add_error("next", "La personne n’a pas encore donné son accord : mettez la demande dans la file.")
            if str(data.get("words", "")).strip():
                self.add_error("words", "Seuls les mots de la personne elle-même sont gardés : choisissez un motif.")
        return data


class TriageForm(forms.Form):
    """How soon."""

    urgency = forms.ChoiceField(label="Urgence", choices=Urgency.choices, widget=forms.RadioSelect)


class AssignForm(forms.Form):
    """Who looks at it."""

    to = forms.TypedChoiceField(label="À qui", coerce=int, required=False, empty_value=None)

    def __init__(self, workers: list[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "to").choices = [
            ("", "Personne : la remettre dans la file"),
            *((w.pk, w.name) for w in workers),
        ]


class AttemptForm(forms.Form):
    """What came of the call."""

    result = forms.ChoiceField(label="Résultat", choices=AttemptResult.choices, widget=forms.RadioSelect)


class TakeForm(forms.Form):
    """Which person the case is about."""

    person = forms.ChoiceField(label="La personne", widget=forms.RadioSelect)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "person").choices = people


class AnswerForm(TakeForm):
    """Answered at once: a case with one note, closed."""

    answer = forms.CharField(label="Ce que vous avez répondu", max_length=20_000, widget=forms.Textarea({"rows": 4}))
    minutes = forms.IntegerField(label="Durée (minutes)", required=False, min_value=0, max_value=600)


class RedirectForm(forms.Form):
    """Another centre."""

    centre = forms.TypedChoiceField(label="Centre", coerce=int)

    def __init__(self, actor: Actor, besides: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "centre").choices = [(k, n) for k, n in centres_of(actor) if k != besides]


class DeclineForm(forms.Form):
    """Why nothing goes on here."""

    state = forms.ChoiceField(
        label="Ce qu'elle devient",
        choices=[
            (State.REDIRECTED, "Réorientée vers quelqu’un d’autre"),
            (State.DUPLICATE, "En double"),
            (State.REFUSED, "Sans suite"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label="Raison")

    def __init__(self, reasons: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "reason").choices = [("", "Choisissez…"), *reasons]


class CorrectForm(forms.Form):
    """Who, and how to reach them."""

    last_name = forms.CharField(label="Nom", max_length=80, required=False)
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    phone = forms.CharField(label="Téléphone", max_length=20, required=False)
    email = forms.EmailField(label="Courriel", required=False)
    contact_note = forms.CharField(label="Quand et comment joindre", max_length=160, required=False)
    do_not_call = forms.BooleanField(label="Ne pas appeler", required=False)
