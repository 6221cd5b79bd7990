"""Makes `{{ form }}` and `{{ field.as_field_group }}` come out in our markup.

Readers: Django (`FORM_RENDERER`). Must not know: any form.
"""

from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property

OURS = Path(__file__).parent / "templates"
THEIRS = Path(django.forms.__file__).parent / "templates"


class Renderer(DjangoTemplates):
    """Labels above, hint and error tied to the input, choices as large cards."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    @cached_property
    def engine(self) -> Engine:
        """Our widgets first, then Django's, then the doors' own."""
        return Engine({"APP_DIRS": True, "DIRS": [OURS, THEIRS], "NAME": "forms", "OPTIONS": {}})
