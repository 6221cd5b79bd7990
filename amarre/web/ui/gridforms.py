"""A question of a grid as a form field: yes or no, choices, a scale, a number, words; refusing is always offered.

Read by the doors where grids are filled. Knows the shape of a question by what it offers (`kind`, `choices`, `low`,
`high`), and no room.
"""

from __future__ import annotations

from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

REFUSE = "refused"


class Choice(Protocol):
    """One offered answer."""

    @property
    def points(self) -> int: ...

    @property
    def label(self) -> str: ...


class Item(Protocol):
    """A question."""

    @property
    def number(self) -> int: ...

    @property
    def label(self) -> str: ...

    @property
    def help(self) -> str: ...

    @property
    def kind(self) -> Any: ...

    @property
    def choices(self) -> Any: ...

    @property
    def low(self) -> int | None: ...

    @property
    def high(self) -> int | None: ...


_REFUSED = (REFUSE, _("Je préfère ne pas répondre"))


def _offered(item: Item) -> list[tuple[str, Any]]:
    if str(item.kind) == "yes_no":
        return [("1", _("Oui")), ("0", _("Non"))]
    if str(item.kind) == "scale" and item.low is not None and item.high is not None:
        words = {choice.points: choice.label for choice in item.choices}
        return [(str(n), f"{n} · {words[n]}" if n in words else str(n)) for n in range(item.low, item.high + 1)]
    return [(str(choice.points), choice.label) for choice in item.choices]


def field_of(item: Item) -> forms.Field:
    """The field of a question; never required: what is left out stays unanswered."""
    shared: dict[str, Any] = {"label": item.label, "required": False, "help_text": item.help}
    kind = str(item.kind)
    if kind == "text":
        return forms.CharField(max_length=2_000, widget=forms.Textarea({"rows": 3}), **shared)
    if kind == "number":
        return forms.IntegerField(min_value=item.low, max_value=item.high, **shared)
    if kind == "multiple":
        return forms.MultipleChoiceField(
            choices=[*_offered(item), _REFUSED], widget=forms.CheckboxSelectMultiple, **shared
        )
    row = {"class": "row2"} if kind == "scale" else {}
    return forms.ChoiceField(choices=[*_offered(item), _REFUSED], widget=forms.RadioSelect(row), **shared)


def shown(item: Item, value: Any) -> Any:
    """An answer that was kept, as its field shows it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return str(value)


def raw_of(item: Item, cleaned: Any) -> Any:
    """What a field says, as the grid reads it."""
    if cleaned in (None, "", []):
        return None
    if str(item.kind) == "multiple" and REFUSE in cleaned:
        return REFUSE
    if str(item.kind) == "yes_no" and cleaned in ("0", "1"):
        return cleaned == "1"
    return cleaned


class ItemForm(forms.Form):
    """One question alone on its page."""

    use_required_attribute = False

    def __init__(self, item: Item, *args: Any, value: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["answer"] = shown(item, value)
        self.item = item
        self.fields["answer"] = field_of(item)

    def clean(self) -> dict[str, Any]:
        """`raw`: the answer as the grid reads it. Going on without an answer is refused kindly."""
        data = super().clean() or {}
        raw = raw_of(self.item, data.get("answer"))
        if raw is None and not self.errors:
            self.add_error("answer", _("Choisissez une réponse, ou « Je préfère ne pas répondre »."))
        return {"raw": raw}


class GridForm(forms.Form):
    """Every question of a grid on one page; what is empty stays unanswered."""

    use_required_attribute = False

    def __init__(self, items: list[Any], answers: dict[int, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.initial[f"q{item.number}"] = shown(item, answers.get(item.number))
            self.fields[f"q{item.number}"] = field_of(item)

    def clean(self) -> dict[str, Any]:
        """`answers`: number → answer as the grid reads it, for the questions that were sent."""
        data = super().clean() or {}
        sent = {item.number: raw_of(item, data.get(f"q{item.number}")) for item in self.items}
        return {"answers": {n: raw for n, raw in sent.items() if f"q{n}" in self.data or raw is not None}}
