"""Addresses of the actions for teams."""

from django.urls import path

from amarre.web.employer.groups import account, log, views

urlpatterns = [
    path("actions/", views.action_list, name="action_list"),
    path("actions/demander/", views.action_new, name="action_new"),
    path("actions/demander/<int:pk>/", views.action_ask, name="action_ask"),
    path("actions/travail/", log.improvement_list, name="improvement_list"),
    path("actions/travail/<int:pk>/", log.improvement, name="improvement"),
    path("actions/<int:pk>/", views.action, name="action"),
    path("actions/<int:pk>/retirer/", views.action_withdraw, name="action_withdraw"),
    path("actions/<int:pk>/annoncer/", account.action_tell, name="action_tell"),
    path("actions/<int:pk>/annoncer/agenda/", account.action_calendar, name="action_calendar"),
    path("actions/<int:pk>/annoncer/<slug:which>/", account.action_paper, name="action_paper"),
    path("actions/<int:pk>/compte-rendu/", account.action_account, name="action_account"),
    path("actions/<int:pk>/compte-rendu/papier/", account.action_account_file, name="action_account_file"),
]
