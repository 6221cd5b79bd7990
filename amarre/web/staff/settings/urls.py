"""Addresses of the service's settings."""

from django.urls import path

from amarre.web.staff.settings import centres, grids, numbers, procedures, views, words

urlpatterns = [
    path("reglages/", views.settings, name="settings"),
    path("reglages/centres/", centres.centre_list, name="centre_list"),
    path("reglages/centres/nouveau/", centres.centre_new, name="centre_new"),
    path("reglages/centres/<int:pk>/", centres.centre_detail, name="centre"),
    path("reglages/centres/<int:pk>/modifier/", centres.centre_edit, name="centre_edit"),
    path("reglages/centres/<int:pk>/par-defaut/", centres.centre_default, name="centre_default"),
    path("reglages/communes/<int:pk>/retirer/", centres.commune_remove, name="centre_commune_remove"),
    path("reglages/listes/<slug:vocabulary>/", words.vocabulary, name="vocabulary"),
    path("reglages/mots/<int:pk>/", words.term_edit, name="term_edit"),
    path("reglages/mots/<int:pk>/deplacer/", words.term_move, name="term_move"),
    path("reglages/grilles/", grids.grid_list, name="settings_grids"),
    path("reglages/grilles/<slug:code>/proposer/", grids.grid_switch, name="settings_grid_switch"),
    path("reglages/grilles/<int:pk>/", grids.grid, name="settings_grid"),
    path("reglages/grilles/<int:pk>/question/<int:number>/", grids.grid_item, name="settings_grid_item"),
    path("reglages/grilles/<int:pk>/calcul/", grids.grid_scoring, name="settings_grid_scoring"),
    path("reglages/grilles/<int:pk>/publier/", grids.grid_publish, name="settings_grid_publish"),
    path("reglages/demarches/", procedures.procedure_list, name="settings_procedures"),
    path("reglages/demarches/<slug:code>/", procedures.procedure, name="settings_procedure"),
    path("reglages/numeros/", numbers.number_list, name="settings_numbers"),
    path("reglages/numeros/<int:pk>/", numbers.number_edit, name="settings_number_edit"),
    path("reglages/numeros/<int:pk>/verifie/", numbers.number_check, name="settings_number_check"),
    path("reglages/numeros/<int:pk>/deplacer/", numbers.number_move, name="settings_number_move"),
]
