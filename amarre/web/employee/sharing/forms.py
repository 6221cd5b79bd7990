"""The form of an agreement: yes or no.

Read by the views beside.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Nothing is chosen beforehand."""

    use_required_attribute = False
    agreed = forms.ChoiceField(
        label=_("Êtes-vous d’accord\u00a0?"),
        choices=[("yes", _("Oui, je suis d’accord")), ("no", _("Non, je ne veux pas"))],
        widget=forms.RadioSelect,
        help_text=_("Dire non ne change rien à l’aide que vous recevez."),
    )
