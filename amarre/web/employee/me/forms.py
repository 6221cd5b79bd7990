"""Forms of what is mine to decide.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amarre.plans.states import Part
from amarre.web.ui.fields import choice_field

PARTS = [
    (Part.GOALS.value, _("Mes objectifs, et qui fait quoi")),
    (Part.PROCEDURES.value, _("Mes démarches")),
    (Part.DOCUMENTS.value, _("Mes documents")),
]


class ReachForm(forms.Form):
    """How and when to reach me."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=_("Comment vous joindre ?"),
        choices=[
            ("sms", _("Par SMS")),
            ("phone", _("En m’appelant")),
            ("email", _("Par courriel")),
            ("letter", _("Par lettre")),
        ],
        widget=forms.RadioSelect,
    )
    do_not_call = forms.BooleanField(label=_("Ne m’appelez pas"), required=False)
    do_not_notify = forms.BooleanField(
        label=_("Ne m’envoyez aucun avis"), required=False,
        help_text=_("Ni SMS ni courriel ne vous dit qu’un message attend. Vous pouvez toujours entrer avec un code."),
    )  # fmt: skip
    channel_note = forms.CharField(
        label=_("À quel moment, à quoi faire attention ?"), max_length=120, required=False,
        help_text=_("Par exemple : jamais au travail, après 17 h."),
    )  # fmt: skip
    language = forms.CharField(label=_("Dans quelle langue ?"), max_length=40, required=False)
    interpreter = forms.BooleanField(label=_("J’ai besoin d’un interprète"), required=False)


class CompanionForm(forms.Form):
    """Somebody close."""

    use_required_attribute = False
    name = forms.CharField(label=_("Son nom"), max_length=120)
    relation = forms.CharField(
        label=_("Qui est-ce pour vous ?"), max_length=60, required=False, help_text=_("Par exemple : ma sœur.")
    )
    kind = forms.ChoiceField(
        label=_("À quel titre ?"),
        choices=[
            ("trusted", _("Ma personne de confiance : elle peut m’accompagner aux rendez-vous")),
            ("relative", _("Un proche : il peut voir une partie de mon espace")),
        ],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label=_("Son téléphone"), max_length=20, required=False)
    parts = forms.MultipleChoiceField(
        label=_("Qu’est-ce que cette personne peut voir ?"), choices=PARTS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien n’est coché d’avance. Vous pouvez tout reprendre à tout moment."),
    )  # fmt: skip


class ShareForm(forms.Form):
    """What somebody close may see."""

    use_required_attribute = False
    parts = forms.MultipleChoiceField(
        label=_("Qu’est-ce que cette personne peut voir ?"), choices=PARTS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class DataForm(forms.Form):
    """My data: see it, or have something corrected."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Que demandez-vous ?"),
        choices=[
            ("access", _("Voir ce que vous gardez sur moi")),
            ("correction", _("Faire corriger quelque chose")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Si c’est une correction, laquelle ?"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class AnotherForm(forms.Form):
    """Another worker."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Voulez-vous dire pourquoi ?"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Vous n’êtes pas obligé(e). La personne qui vous accompagne ne lit pas cette page."),
    )  # fmt: skip


class AgainForm(forms.Form):
    """Ask for help again."""

    use_required_attribute = False
    reasons = forms.MultipleChoiceField(
        label=_("Pour quoi ?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Vous pouvez choisir plusieurs réponses, ou aucune."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Ce que vous voulez nous dire"), max_length=8_000, required=False, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, reasons: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "reasons").choices = reasons
