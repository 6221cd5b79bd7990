"""Forms of the plan: one question, or few. They check shapes; the commands check the trade.

Read by the views beside.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

PROGRESS = [
    ("2", _("C’est beaucoup mieux")),
    ("1", _("C’est mieux")),
    ("0", _("C’est pareil")),
    ("-1", _("C’est moins bien")),
    ("-2", _("C’est beaucoup moins bien")),
]


class GoalForm(forms.Form):
    """What I want. Only the first answer is needed."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Ce que je veux"), max_length=300, help_text=_("Par exemple : reprendre à mi-temps en janvier.")
    )
    indicator = forms.CharField(
        label=_("Comment je saurai que ça avance"), max_length=300, required=False,
        help_text=_("Vous pouvez laisser vide. Nous en parlerons ensemble."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Something to say."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Ce que j’en dis"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 4})
    )


class CommentForm(WordsForm):
    """Something to say, this time with words in it."""

    words = forms.CharField(label=_("Ce que j’en dis"), max_length=4_000, widget=forms.Textarea({"rows": 4}))


class ProgressForm(forms.Form):
    """How it goes, for me."""

    use_required_attribute = False
    value = forms.TypedChoiceField(
        label=_("Comment ça va, pour vous ?"), choices=PROGRESS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Voulez-vous dire pourquoi ?"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )


class AnswerForm(forms.Form):
    """Yes or no; nothing is ticked before."""

    use_required_attribute = False
    agreed = forms.TypedChoiceField(
        label=_("Êtes-vous d’accord ?"),
        choices=[("oui", _("Oui, je suis d’accord")), ("non", _("Non, pas comme ça"))],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Voulez-vous ajouter quelque chose ?"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 3}), help_text=_("Dire non n’a aucune conséquence. On en reparle ensemble."),
    )  # fmt: skip


class ActionForm(forms.Form):
    """Something that I will do."""

    use_required_attribute = False
    what = forms.CharField(label=_("Ce que je vais faire"), max_length=300)
    due_on = forms.DateField(
        label=_("Pour quel jour ?"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class SettleForm(forms.Form):
    """Done, or not."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label=_("Est-ce fait ?"),
        choices=[("done", _("Oui, c’est fait")), ("not_done", _("Non, je n’ai pas pu")), ("open", _("Pas encore"))],
        widget=forms.RadioSelect,
    )
    why_not = forms.CharField(
        label=_("Si non, voulez-vous dire pourquoi ?"), max_length=2_000, required=False,
        widget=forms.Textarea({"rows": 3}), help_text=_("Vous pouvez laisser vide. Personne ne vous le reprochera."),
    )  # fmt: skip
