"""Addresses of the directory."""

from django.urls import path

from amarre.web.staff.directory import importing, suggestions, views, writing

urlpatterns = [
    path("annuaire/", views.directory, name="directory"),
    path("annuaire/nouvelle/", writing.structure_new, name="directory_structure_new"),
    path("annuaire/importer/", importing.directory_import, name="directory_import"),
    path("annuaire/importer/<slug:key>/", importing.directory_import_check, name="directory_import_check"),
    path("annuaire/imports/<int:pk>/", importing.run, name="directory_run"),
    path("annuaire/<int:pk>/", views.structure, name="directory_structure"),
    path("annuaire/<int:pk>/modifier/", writing.structure_edit, name="directory_structure_edit"),
    path("annuaire/<int:pk>/retirer/", writing.structure_withdraw, name="directory_structure_withdraw"),
    path("annuaire/<int:pk>/remettre/", writing.structure_restore, name="directory_structure_restore"),
    path("annuaire/<int:pk>/service/", writing.service_new, name="directory_service_new"),
    path("annuaire/services/<int:pk>/", writing.service_edit, name="directory_service_edit"),
    path("annuaire/<int:pk>/contact/", writing.contact_new, name="directory_contact_new"),
    path("annuaire/contacts/<int:pk>/", writing.contact_edit, name="directory_contact_edit"),
    path("annuaire/contacts/<int:pk>/verifiee/", writing.contact_confirm, name="directory_contact_confirm"),
    path("annuaire/contacts/<int:pk>/fin/", writing.contact_end, name="directory_contact_end"),
    path("annuaire/contacts/<int:pk>/inviter/", writing.contact_invite, name="directory_contact_invite"),
    path("dossiers/<int:pk>/annuaire/", suggestions.case_directory, name="case_directory"),
]
