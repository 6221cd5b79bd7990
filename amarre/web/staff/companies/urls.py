"""Addresses of the companies."""

from django.urls import path

from amarre.web.staff.companies import importing, views

urlpatterns = [
    path("entreprises/", views.company_list, name="company_list"),
    path("entreprises/nouvelle/", views.company_new, name="company_new"),
    path("entreprises/importer/", importing.company_import, name="company_import"),
    path("entreprises/importer/<slug:key>/", importing.company_import_check, name="company_import_check"),
    path("entreprises/<int:pk>/", views.company_detail, name="company"),
    path("entreprises/<int:pk>/modifier/", views.company_edit, name="company_edit"),
    path("entreprises/<int:pk>/etablissement/", views.establishment_new, name="establishment_new"),
    path("etablissements/<int:pk>/", views.establishment_edit, name="establishment_edit"),
]
