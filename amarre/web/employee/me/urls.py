"""Addresses of what is mine to decide."""

from django.urls import path

from amarre.web.employee.me import views

urlpatterns = [
    path("joindre/", views.reach, name="reach"),
    path("qui/", views.who, name="who"),
    path("proches/", views.companion_list, name="companion_list"),
    path("proches/nouveau/", views.companion_new, name="companion_new"),
    path("proches/<int:pk>/", views.companion, name="companion"),
    path("mes-donnees/", views.data, name="data"),
    path("autre-personne/", views.another, name="another"),
    path("redemander/", views.again, name="again"),
]
