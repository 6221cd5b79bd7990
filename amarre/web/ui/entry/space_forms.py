"""The forms with which a person comes in, and names the device that may do so.

Read by `entry.space` and `entry.keys`. French sentences are the messages that other languages translate.
"""

from __future__ import annotations

import unicodedata

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TOO_MANY = _("Il y a eu trop de demandes. Attendez un quart d’heure, puis recommencez.")
_NAME_MOST = 40


class AskCodeForm(forms.Form):
    """The address that gets a code, if it is that of a person."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez votre adresse e-mail."),
            "invalid": _("Cette adresse ne semble pas complète. Exemple\u00a0: prenom@exemple.fr."),
            "max_length": _("Cette adresse est trop longue. Vérifiez-la."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request
        self.fields["email"].widget.attrs.pop("maxlength", None)

    def clean_email(self) -> str:
        """Limits are the same for every address, known or not."""
        address = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(self.request, action="request_login_code", key=address):
            raise ValidationError(TOO_MANY)
        return address


class TypeCodeForm(ConfirmLoginCodeForm):
    """The code of the mail, with or without spaces, in the digits of any writing."""

    code = forms.CharField(
        label=_("Votre code"),
        help_text=_("Les huit chiffres du message."),
        max_length=60,
        error_messages={
            "required": _("Écrivez le code du message."),
            "max_length": _("Le code a huit chiffres."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )

    def clean_code(self) -> str:
        """The digits alone, compared by the library."""
        typed = str(self.cleaned_data["code"])
        self.cleaned_data["code"] = "".join(str(unicodedata.digit(c)) for c in typed if c.isdigit())
        try:
            return str(super().clean_code())
        except ValidationError:
            raise ValidationError(_("Ce code ne convient pas. Recopiez celui du dernier message.")) from None


class DeviceForm(forms.Form):
    """What a person calls the device that gets a passkey."""

    name = forms.CharField(
        label=_("Le nom de cet appareil"),
        max_length=_NAME_MOST,
        error_messages={
            "required": _("Donnez un nom à cet appareil."),
            "max_length": _("Ce nom est trop long\u00a0: 40 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
