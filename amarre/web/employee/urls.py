"""Addresses of this door."""

from django.urls import include, path

from amarre.web.employee import views

urlpatterns = [
    path("", views.home, name="home"),
    path("urgence/", views.urgent, name="urgent"),
    path("avant/", views.past, name="past"),
    path("aide/<int:pk>/", views.shared, name="shared"),
    path("", include("amarre.web.employee.plan.urls")),
    path("", include("amarre.web.employee.grids.urls")),
    path("", include("amarre.web.employee.papers.urls")),
    path("", include("amarre.web.employee.talk.urls")),
    path("", include("amarre.web.employee.me.urls")),
    path("", include("amarre.web.employee.sharing.urls")),
    path("", include("amarre.web.employee.letters.urls")),
    path("", include("amarre.web.employee.appointments.urls")),
]
