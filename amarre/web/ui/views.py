"""The gallery: every component in each of its states, in the three looks, and the error pages.

Readers: whoever designs or checks a screen. Fictional words only; touches no table.
Must not know: any room.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amarre.web.ui.parts import Badge, Link, NavItem, Shell

LOOKS = {"staff": "ui/staff.html", "person": "ui/person.html", "entry": "ui/entry.html"}
ERRORS = ("400", "403", "403_csrf", "404", "422", "500", "503")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom d’usage", max_length=80)
    email = forms.EmailField(label="Adresse électronique", required=False, help_text="Pas celle du travail.")
    on = forms.DateField(
        label="Date de l’entretien",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    mode = forms.ChoiceField(
        label="Comment",
        required=False,
        choices=[("", "Choisir…"), ("office", "Au centre"), ("phone", "Par téléphone")],
    )
    needs = forms.MultipleChoiceField(
        label="Pour quoi",
        choices=[
            ("health", "Ma santé rend mon travail difficile"),
            ("money", "L’argent, le logement"),
            ("other", "Autre chose, ou je préfère en parler"),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous pouvez choisir plusieurs réponses.",
    )
    readers = forms.ChoiceField(
        label="Qui lira cette note",
        required=False,
        choices=[("members", "Les membres du dossier"), ("author", "Moi seulement")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="Ce qui a été dit", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    told = forms.BooleanField(label="La personne a été informée de ses droits")


def gallery(request: HttpRequest) -> HttpResponse:
    """`?look=` staff (default), person, entry, or the number of an error page."""
    look = request.GET.get("look", "staff")
    if look in ERRORS:
        return render(request, f"{look}.html", {"reference": "R-7F3A-21"})
    context = {"layout": LOOKS.get(look, LOOKS["staff"]), "look": look, **_shell(), **_samples(request)}
    return render(request, "ui/gallery.html", context)


def _shell() -> dict[str, Any]:
    nav = [
        NavItem("Ma journée", "?look=staff", current=True),
        NavItem("Demandes", "?look=person", count=4),
        NavItem("Mes dossiers", "?look=entry"),
        *(NavItem(f"Page {code}", f"?look={code}") for code in ERRORS),
    ]
    shell = Shell(
        name="Claire Kermadec",
        role="assistante sociale",
        centre="Centre de Montreuil",
        access_url="#acces",
        sign_out_url="#sortie",
        search_url="#recherche",
        new_contact_url="#contact",
        write_note_url="#note",
    )
    return {"nav": nav, "shell": shell, "centre_phone": "01 00 00 00 00", "centre_hours": "de 9 h à 17 h"}


def _samples(request: HttpRequest) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "now": now,
        "labels": {"BUDGET": "Budget"},
        "yesterday": now - dt.timedelta(days=1),
        "long_ago": now - dt.timedelta(days=34),
        "first": dt.date(now.year - 1, 5, 1),
        "crumbs": [Link("Mes dossiers", "#dossiers"), Link("D-2026-0417")],
        "state": [Badge("Projet en cours", "green")],
        "warnings": [
            Badge("Ne pas appeler au travail", "red"),
            Badge("En arrêt depuis 96 jours", "rope"),
            Badge("Préfère les SMS, après 17 h", "sea"),
        ],
        "tabs": [
            NavItem("Fil du dossier", "#fil", current=True),
            NavItem("Situation", "#situation"),
            NavItem("Demandes", "#demandes", count=3),
            NavItem("Accords et transmissions", "#accords"),
            NavItem("Qui a accès", "#acces"),
        ],
        "tones": ["sea", "rope", "red", "green", "neutral"],
        "levels": ["U1", "U2", "U3", "U4", ""],
        "page": Paginator(range(78), 25).page(2),
        "form": SampleForm(auto_id="vide_%s"),
        "other": SampleForm(auto_id="main_%s"),
        "single": SampleForm(auto_id="seul_%s"),
        "filled": SampleForm(_answers(), auto_id="rempli_%s"),
        "refused": SampleForm({"email": "ines", "needs": []}, auto_id="refus_%s"),
        "sent": [
            ("success", "Demande prise. Vous êtes référente de ce dossier."),
            ("warning", "Agenda déconnecté."),
        ],
    }


def _answers() -> dict[str, Any]:
    text = "Souhaite d’abord savoir ce qu’elle touchera."
    chosen = {"needs": ["health"], "readers": "members", "told": "on", "mode": "office"}
    return {
        "name": "Inès Benali",
        "email": "ines@exemple.example",
        "on": "2026-11-12",
        "text": text,
        **chosen,
    }
