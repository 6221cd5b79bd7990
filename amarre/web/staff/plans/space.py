"""The person's space: opened with them, closed; those close to them; a legal protection.

Read by the URL configuration beside. An address opens the space once the code sent to it was read back here.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core import sms
from amarre.core.commands import Refused
from amarre.people.queries import account_of
from amarre.plans import commands, commands_space, queries
from amarre.plans.models import ChannelCheck, Companion
from amarre.plans.states import CompanionKind, Part
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.forms import ProtectionForm, day_field
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


class AddressForm(forms.Form):
    """An address that the person just gave."""

    email = forms.EmailField(
        label="Adresse électronique", help_text="Celle que la personne lit seule. Jamais celle du travail."
    )
    sure = forms.BooleanField(label="La personne est là, ou au téléphone, et vient de me la donner")


class CodeForm(forms.Form):
    """The code that the person reads back."""

    code = forms.CharField(
        label="Code lu par la personne", max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip


class CompanionForm(forms.Form):
    """Somebody close, named by the person to their worker."""

    name = forms.CharField(label="Nom", max_length=120)
    relation = forms.CharField(label="Lien", max_length=60, required=False)
    kind = forms.ChoiceField(label="À quel titre", choices=CompanionKind.choices, widget=forms.RadioSelect)
    phone = forms.CharField(label="Téléphone", max_length=20, required=False)
    parts = forms.MultipleChoiceField(
        label="Ce que la personne l’autorise à voir", choices=Part.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Rien n’est coché d’avance.",
    )  # fmt: skip
    until = day_field("Jusqu’au", required=False)


def _url(at: Here) -> str:
    return reverse("staff:plan_space", args=[at.case.pk])


def space(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether there is one, who was invited, who protects; sending a code to an address."""
    at = here(request, pk)
    form = AddressForm(request.POST or None)
    companion = _companion(at, request.GET.get("proche", "")) if request.GET.get("proche") else None

    def act(data: dict[str, Any]) -> ChannelCheck:
        return commands_space.check_channel(actor=at.actor, plan=at.begun(), email=data["email"], companion=companion)

    if request.method == "POST" and "phone" in request.POST:
        return _code_by_sms(request, at)
    check = carry_out(request, form, act)
    if check is not None:
        return done(request, reverse("staff:plan_space_confirm", args=[at.case.pk, check.pk]), "Un code est parti.")
    context = at.head(
        "plan_space", form=form, companion=companion,
        account=account_of(at.actor, at.case.person) if at.case.person else None,
        companions=queries.companions(at.actor, at.plan) if at.plan else [], parts=dict(Part.choices),
        sms=sms.configured(),
    )  # fmt: skip
    return page(request, "staff/plans/space.html", context, status=status_of(request))


def _code_by_sms(request: HttpRequest, at: Here) -> HttpResponse:
    """To the number of the person's page, which they read back as they do an address."""
    try:
        check = commands_space.check_phone(actor=at.actor, plan=at.begun())
    except Refused as refusal:
        return done(request, _url(at), str(refusal))
    return done(request, reverse("staff:plan_space_confirm", args=[at.case.pk, check.pk]), "Un code est parti.")


def space_confirm(request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    """Type the code that the person reads; a wrong one counts."""
    at = here_to_write(request, pk)
    if at.plan is None:
        raise Http404
    plan = at.plan
    rows = ChannelCheck.objects.visible_to(at.actor).of(plan).filter(confirmed_at=None)
    check = visible_or_404(rows.select_related("plan"), pk=check_pk)
    form = CodeForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_space.confirm_channel(actor=at.actor, plan=plan, check=check, **d)):
        said = "Le numéro est confirmé." if check.phone else "L’adresse est confirmée\u00a0: l’espace est ouvert."
        return done(request, _url(at), said)
    if request.method == "POST" and form.data.get("code", "").strip():
        commands_space.count_a_miss(actor=at.actor, plan=plan, check=check)
    context = at.head("plan_space", form=form, check=check)
    return page(request, "staff/plans/space_confirm.html", context, status=status_of(request))


@require_POST
def space_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The person wants it no more."""
    at = here_to_write(request, pk)
    if at.plan is None:
        raise Http404
    sentence = "L’espace est fermé. Ce qui a été écrit reste dans le projet."
    try:
        commands_space.close_space(actor=at.actor, plan=at.plan)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _url(at), sentence)


def protection(request: HttpRequest, pk: int) -> HttpResponse:
    """A legal protection, and what follows from it, to check."""
    at = here_to_write(request, pk)
    initial = {"regime": at.plan.regime, "protector": at.plan.protector} if at.plan else {}
    if at.case.person and not initial.get("protector"):
        initial["protector"] = at.case.person.legal_representative
    form = ProtectionForm(request.POST or None, initial=initial)
    if carry_out(request, form, lambda d: commands.say_protection(actor=at.actor, plan=at.begun(), **d)):
        return done(request, _url(at), "C’est enregistré.")
    context = at.head("plan_space", form=form)
    return page(request, "staff/plans/protection.html", context, status=status_of(request))


def companion_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down somebody close whom the person names."""
    at = here_to_write(request, pk)
    form = CompanionForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_space.name_companion(actor=at.actor, plan=at.begun(), **d)):
        return done(request, _url(at), "C’est noté.")
    context = at.head("plan_space", form=form, title="Un proche", button="Enregistrer", back=_url(at))
    return page(request, "staff/plans/form.html", context, status=status_of(request))


def _companion(at: Here, key: str | int) -> Companion:
    if at.plan is None or not str(key).isdecimal():
        raise Http404
    rows = Companion.objects.visible_to(at.actor).of(at.plan).filter(until=None)
    return visible_or_404(rows.select_related("plan"), pk=int(key))


@require_POST
def companion_end(request: HttpRequest, pk: int, companion_pk: int) -> HttpResponse:
    """The person takes it back."""
    at = here_to_write(request, pk)
    row = _companion(at, companion_pk)
    sentence = "C’est repris\u00a0: cette personne ne voit plus rien."
    try:
        commands_space.end_companion(actor=at.actor, companion=row)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, _url(at), sentence)
