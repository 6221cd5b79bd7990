"""The page that ours are compared with: plain Django, a session, a signed-in user, 25 rows, one template. No walls.

Read by `bench.measure`. It shares nothing with Amarre but the process, the database and the session.
"""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

MIDDLEWARE = [
    "bench.bare.own_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Liste</title></head><body>
<h1>{{ user.name }}</h1><table><thead><tr><th>Nom</th><th>Commune</th><th>État</th><th>Date</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="/{{ row.id }}/">{{ row.name }}</a></td><td>{{ row.place }}</td>
<td>{{ row.state }}</td><td>{{ row.on_day|date:"j F Y" }}</td></tr>{% endfor %}</tbody></table></body></html>"""
_TEMPLATE = Engine().from_string(_PAGE)


class Row(models.Model):
    """A row of a table without walls."""

    id = models.BigIntegerField(primary_key=True)
    name = models.TextField()
    place = models.TextField()
    state = models.TextField()
    on_day = models.DateField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_row"

    def __str__(self) -> str:
        return self.name


def own_addresses(get_response):
    """Middleware: this handler has addresses of its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "bench.bare"
        return get_response(request)

    return answer


def page(request: HttpRequest) -> HttpResponse:
    """Twenty-five rows for somebody who is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Row.objects.order_by("id")[:25]
    return HttpResponse(_TEMPLATE.render(Context({"rows": rows, "user": request.user})))


urlpatterns = [path("bare/", page)]
