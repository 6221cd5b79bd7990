"""Addresses of letters and of their templates."""

from django.urls import path

from amarre.web.staff.letters import templates, views, writing

urlpatterns = [
    path("dossiers/<int:pk>/courriers/", views.letter_list, name="letters"),
    path("dossiers/<int:pk>/courriers/ecrire/", writing.letter_new, name="letter_new"),
    path("dossiers/<int:pk>/courriers/attestation/", writing.certificate, name="letter_certificate"),
    path("transmissions/<int:pk>/courrier/", writing.carry, name="letter_transmission"),
    path("courriers/<int:pk>/", views.letter, name="letter"),
    path("courriers/<int:pk>/pdf/", views.letter_pdf, name="letter_pdf"),
    path("reglages/courriers/", templates.template_list, name="settings_letters"),
    path("reglages/courriers/exemple/", templates.sample, name="settings_letter_sample"),
    path("reglages/courriers/<int:pk>/", templates.template, name="settings_letter"),
    path("reglages/courriers/<int:pk>/fichier/", templates.file, name="settings_letter_file"),
    path("reglages/courriers/<int:pk>/retirer/", templates.withdraw, name="settings_letter_withdraw"),
]
