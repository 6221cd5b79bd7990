"""Addresses of the staff door, one line per family of screens."""

from django.urls import include, path

urlpatterns = [
    path("", include("amarre.web.staff.day.urls")),
    path("", include("amarre.web.staff.requests.urls")),
    path("", include("amarre.web.staff.agenda.urls")),
    path("", include("amarre.web.staff.cases.urls")),
    path("", include("amarre.web.staff.plans.urls")),
    path("", include("amarre.web.staff.hours.urls")),
    path("", include("amarre.web.staff.visits.urls")),
    path("", include("amarre.web.staff.appointments.urls")),
    path("", include("amarre.web.staff.unit.urls")),
    path("", include("amarre.web.staff.orientations.urls")),
    path("", include("amarre.web.staff.journal.urls")),
    path("", include("amarre.web.staff.team.urls")),
    path("", include("amarre.web.staff.crisis.urls")),
    path("", include("amarre.web.staff.companies.urls")),
    path("", include("amarre.web.staff.directory.urls")),
    path("", include("amarre.web.staff.employers.urls")),
    path("", include("amarre.web.staff.sharing.urls")),
    path("", include("amarre.web.staff.inbox.urls")),
    path("", include("amarre.web.staff.health.urls")),
    path("", include("amarre.web.staff.letters.urls")),
    path("", include("amarre.web.staff.collective.urls")),
    path("", include("amarre.web.staff.people.urls")),
    path("", include("amarre.web.staff.settings.urls")),
    path("", include("amarre.web.staff.accounts.urls")),
    path("composants/", include("amarre.web.ui.urls")),
]
