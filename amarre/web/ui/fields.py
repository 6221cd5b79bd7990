"""Small helpers for forms, typed.

Read by the forms of every door. Must not know any form.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from amarre.core.uploads import too_large


class FileField(forms.FileField):
    """A file from this very form; what is too large is said before anything is read."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what the upload handlers had to give up on."""
        if isinstance(data, UploadedFile) and (data.size or 0) > settings.AMARRE_UPLOAD_MAX:
            raise forms.ValidationError(too_large())
        return super().clean(data, initial)


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of that name, which is one of choices."""
    return cast(forms.ChoiceField, form.fields[name])


def say_version(form: forms.BaseForm, version: int) -> None:
    """After a conflict: the form now answers to the version that was just shown."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
