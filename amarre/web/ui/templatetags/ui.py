"""`{% load ui %}`: the components of the house style, and French dates.

Readers: every template of every door. Examples: ../README.md and the gallery.
Must not know: any room. A tag receives plain values; block tags receive markup already rendered and escaped.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from amarre.web.ui import dates
from amarre.web.ui.draft_words import draft_words
from amarre.web.ui.parts import Link, NavItem, Tone

register = template.Library()

URGENCIES: dict[str, tuple[Tone, str]] = {
    "": ("neutral", "à évaluer"),
    "U1": ("red", "danger, le jour même"),
    "U2": ("rope", "droits en jeu, 2 jours ouvrés"),
    "U3": ("sea", "sous 7 jours"),
    "U4": ("neutral", "sous 15 jours"),
}


# Dates and numbers ---------------------------------------------------------------------------------


@register.filter
def jour(value: dt.date | None) -> str:
    """« mardi 24 novembre »."""
    return dates.long_day(value) if value else ""


@register.filter
def jour_court(value: dt.date | None) -> str:
    """« ven. 27 nov. »."""
    return dates.short_day(value) if value else ""


@register.filter
def heure(value: dt.datetime | dt.time | None) -> str:
    """« 14 h 32 »."""
    return dates.hour(value) if value else ""


@register.filter
def libelle(labels: Mapping[str, str], code: str) -> str:
    """The label of a code; nothing for a code that nobody knows."""
    return labels.get(code, "")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """« mardi 24 novembre à 14 h 32 »."""
    return dates.moment(value) if value else ""


@register.filter
def signe(value: int) -> str:
    """« +1 », « 0 », « −2 »."""
    return f"+{value}" if value > 0 else str(value).replace("-", "\u2212")


@register.filter
def euros(value: Decimal | None) -> str:
    """« 1 234,56 € »."""
    return dates.euros(value) if value is not None else ""


@register.filter
def il_y_a(value: dt.date | None) -> str:
    """« il y a 34 jours »."""
    return dates.from_today(value) if value else ""


@register.simple_tag
def phone(number: str, label: str = "") -> SafeString:
    """A number that can be dialled by touching it."""
    if not number:
        return SafeString("")
    text = label or dates.phone_text(number)
    return format_html('<a class="phone" href="tel:{}">{}</a>', dates.phone_target(number), text)


# Words on a colour ---------------------------------------------------------------------------------


@register.simple_tag
def badge(label: str, tone: Tone = "neutral") -> SafeString:
    """A word or two on a colour."""
    return format_html('<span class="badge tone-{}">{}</span>', tone, label)


@register.simple_tag
def badges(items: Sequence[tuple[str, Tone]]) -> SafeString:
    """Several badges in a row, as a list."""
    if not items:
        return SafeString("")
    row = format_html_join("", "<li>{}</li>", ((badge(label, tone),) for label, tone in items))
    return format_html('<ul class="badges">{}</ul>', row)


@register.simple_tag
def urgency(level: str = "") -> SafeString:
    """U1 to U4 with its meaning; nothing yet: « à évaluer »."""
    tone, words = URGENCIES[level]
    return badge(f"{level} · {words}" if level else words, tone)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside a word, mute for screen readers."""
    url = f"{static('ui/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', url)


# Blocks --------------------------------------------------------------------------------------------


@register.simple_block_tag
def page_header(
    content: str,
    title: str,
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    identity: str = "",
    aside: str = "",
    badges: Sequence[tuple[str, Tone]] = (),
    warnings: Sequence[tuple[str, Tone]] = (),
) -> SafeString:
    """Top of a page: where I am, its h1, who it is about, warnings as words; the content is its actions."""
    parts = {"identity": identity, "aside": aside, "badges": badges, "warnings": warnings}
    trail = [Link(*crumb) for crumb in crumbs]
    return _part("page_header", title=title, actions=SafeString(content.strip()), crumbs=trail, **parts)


@register.simple_block_tag
def card(
    content: str, title: str = "", *, more: str = "", href: str = "", tone: str = "", level: int = 2
) -> SafeString:
    """A sheet of paper. `more` + `href`: the link at its top right; `tone`: a bar on its left."""
    return _part("card", content=content, title=title, more=more, href=href, tone=tone, level=level)


@register.simple_block_tag
def notice(content: str, title: str = "", *, tone: Tone = "sea") -> SafeString:
    """Something to know before acting."""
    return _part("notice", content=content, title=title, tone=tone)


@register.simple_block_tag
def empty_state(content: str, title: str, *, act: str = "", href: str = "") -> SafeString:
    """Nothing here yet: says why, and what one can do."""
    return _part("empty_state", content=content, title=title, act=act, href=href)


@register.simple_block_tag
def confirmation(content: str, title: str, *, reference: str = "") -> SafeString:
    """Top of the page after an act: what was done, its reference, what comes next. Holds the h1."""
    return _part("confirmation", content=content, title=title, reference=reference)


@register.simple_block_tag(takes_context=True)
def todo(
    context: Context,
    content: str,
    title: str = "",
    *,
    who: str = "",
    badge: str = "",
    tone: Tone = "sea",
    act: str = "",
    href: str = "",
    post: bool = False,
) -> SafeString:
    """One thing to do, inside `<ul class="todos">`: date, who, what, its reason (the content), one act."""
    values = {"content": content, "title": title, "who": who, "badge": badge, "tone": tone}
    token = context.get("csrf_token", "")
    return _part("todo", act=act, href=href, post=post, csrf_token=token, **values)


@register.simple_block_tag
def event(content: str, title: str, *, meta: str = "", tone: str = "open", boxed: bool = False) -> SafeString:
    """One thing that happened, inside `<ol class="timeline">`. Tones: sea (written), rope (agreed), open."""
    return _part("event", content=SafeString(content.strip()), title=title, meta=meta, tone=tone, boxed=boxed)


@register.simple_block_tag
def fact(content: str, label: str, *, act: str = "", href: str = "") -> SafeString:
    """One line of `<dl class="facts">`: a name, its value, and perhaps the link that changes it."""
    return _part("fact", content=content, label=label, act=act, href=href)


# Pieces of pages -----------------------------------------------------------------------------------


@register.simple_tag
def tabs(items: Sequence[NavItem], label: str) -> SafeString:
    """Pages of one thing, as links. `label` names them for screen readers."""
    return _part("tabs", items=items, label=label)


@register.simple_tag
def stepper(at: int, of: int, back_url: str = "") -> SafeString:
    """« Question 2 sur 4 · Retour »."""
    return _part("stepper", at=at, of=of, back_url=back_url)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Previous and next, keeping the search that is in the address."""
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request else QueryDict(mutable=True)
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return _part("pagination", page=page, before=before, after=after)


@register.simple_tag
def question(field: BoundField) -> SafeString:
    """The only field of a page: its label is the h1."""
    return SafeString(field.render("ui/forms/question.html"))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """At the top of a form that was refused: each error, as a link to its field."""
    return _part("error_summary", form=form, errors=_errors(form)) if form.errors else SafeString("")


@register.simple_tag
def draft_status(saved_at: dt.datetime | None = None) -> SafeString:
    """Where drafts.js says what it saved; without JavaScript, what was saved before."""
    said = gettext("Brouillon enregistré à %(hour)s") % {"hour": dates.hour(saved_at)} if saved_at else ""
    words = format_html(' data-words="{}"', spoken) if (spoken := draft_words()) else ""
    return format_html('<p class="draft-status" role="status" aria-live="polite"{}>{}</p>', words, said)


@register.simple_tag
def conflict(mine: str, theirs: str, by: str = "", at: dt.datetime | None = None) -> SafeString:
    """The same text changed in two places: both, side by side; nothing is thrown away."""
    return _part("conflict", mine=mine, theirs=theirs, by=by, at=at)


def _part(name: str, **values: Any) -> SafeString:
    return render_to_string(f"ui/parts/{name}.html", values)


def _errors(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the input or "", message), in the order of the page. A room says no in French: translated here."""
    found = [("", gettext(str(message))) for message in form.non_field_errors()]
    for field in form.hidden_fields():
        found += [("", f"{field.label}{dates.NBSP}: {message}") for message in field.errors]
    for field in form.visible_fields():
        target = field.id_for_label or field.subwidgets[0].id_for_label
        found += [(target, f"{field.label}{dates.NBSP}: {_lower(str(message))}") for message in field.errors]
    return found


def _lower(message: str) -> str:
    """A sentence after a colon; « SIRET inconnu » keeps its capitals."""
    return message[:1].lower() + message[1:] if message[1:2].islower() else message
