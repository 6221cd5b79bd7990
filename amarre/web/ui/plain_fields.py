"""Fields that take whatever a telephone sends, and say in plain French what is wrong.

Read by the forms of the public door and of the employer's. Must not know what is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cs"})
_SPACES = re.compile(r"[^\S\n]+")
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_POSTCODE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_TOO_LONG = "C’est trop long\u00a0: %(show_value)d signes. Gardez-en %(limit_value)d au plus."
_WORDS_IN_A_NAME = 6


def tidy(text: str, *, lines: bool = False) -> str:
    """The text without what cannot be seen (control signs, reversed writing); emoji and any alphabet stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c for c in text if c in "\n\t" or not (unicodedata.category(c) in _UNSEEN or c in _BIDI))
    return _SPACES.sub(" ", kept if lines else kept.replace("\n", " ")).strip()


class LineField(forms.CharField):
    """One line of text. The length is checked here, never cut by the browser."""

    widget: type[forms.Widget] | forms.Widget = forms.TextInput
    lines = False

    def __init__(self, *, most: int, autocomplete: str = "off", **options: Any) -> None:
        options.setdefault("error_messages", {}).setdefault("required", "Répondez à cette question pour continuer.")
        super().__init__(**options)
        self.validators.append(MaxLengthValidator(most, _TOO_LONG))
        self.widget.attrs.setdefault("autocomplete", autocomplete)

    def to_python(self, value: Any) -> str:
        return tidy(str(value), lines=self.lines) if value not in self.empty_values else ""


class TextField(LineField):
    """Several lines."""

    widget = forms.Textarea
    lines = True


class PhoneField(LineField):
    """A telephone number, written as one likes."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})

    def __init__(self, **options: Any) -> None:
        super().__init__(most=30, **options)

    def clean(self, value: Any) -> str:
        number = re.sub(r"[\s.\-()/]", "", unicodedata.normalize("NFKC", super().clean(value)))
        if number and not _PHONE.fullmatch(number):
            raise ValidationError("Ce numéro ne semble pas complet. Exemple\u00a0: 06 39 98 00 00.")
        return number


class EmailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, *, autocomplete: str = "off", **options: Any) -> None:
        wrong = "Cette adresse ne semble pas complète. Exemple\u00a0: prenom@exemple.fr."
        said = {"required": "Écrivez votre adresse e-mail.", "invalid": wrong, "max_length": _TOO_LONG}
        super().__init__(max_length=254, error_messages=said | options.pop("error_messages", {}), **options)
        self.widget.attrs.update(autocomplete=autocomplete)
        del self.widget.attrs["maxlength"]

    def to_python(self, value: Any) -> str:
        return tidy(str(value)) if value not in self.empty_values else ""


class NameField(LineField):
    """A name and nothing else: no figure, no sentence. What a third party could tell has no place to go."""

    def __init__(self, *, most: int = 60, **options: Any) -> None:
        super().__init__(most=most, **options)

    def clean(self, value: Any) -> str:
        name = str(super().clean(value))
        if any(not (unicodedata.category(c)[0] in "LM" or c in " -'’.") for c in name):
            raise ValidationError("Écrivez un nom, sans chiffre ni signe particulier.")
        if len(name.split()) > _WORDS_IN_A_NAME:
            raise ValidationError("Écrivez un nom seulement, pas une phrase.")
        return name


def postcode_in(place: str) -> tuple[str, str]:
    """« 93100 Montreuil » gives the postcode and the commune."""
    found = _POSTCODE.search(place)
    if not found:
        return "", place
    return found[0], (place[: found.start()] + place[found.end() :]).strip(" ,()-")
