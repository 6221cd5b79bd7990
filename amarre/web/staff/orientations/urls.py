"""Addresses of orientations, of links, and of a partner's figures."""

from django.urls import path

from amarre.web.staff.orientations import links, views

urlpatterns = [
    path("dossiers/<int:pk>/orientations/", views.orientation_list, name="orientation_list"),
    path("dossiers/<int:pk>/orientations/<int:orientation_pk>/relancer/", views.remind, name="orientation_remind"),
    path("transmissions/<int:pk>/lien/", links.link, name="transmission_link"),
    path("annuaire/<int:pk>/statistiques/", views.partner_figures, name="directory_structure_figures"),
]
