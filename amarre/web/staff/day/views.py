"""« Ma journée »."""

from django.http import HttpRequest, HttpResponse

from amarre.web.ui.http import page


def day(request: HttpRequest) -> HttpResponse:
    """What is due, and what can be done."""
    return page(request, "staff/day.html")
