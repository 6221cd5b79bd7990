"""Small helpers for forms, typed.

Read by the forms of every door. Must not know any form.
"""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import QueryDict


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of that name, which is one of choices."""
    return cast(forms.ChoiceField, form.fields[name])


def say_version(form: forms.BaseForm, version: int) -> None:
    """After a conflict: the form now answers to the version that was just shown."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
