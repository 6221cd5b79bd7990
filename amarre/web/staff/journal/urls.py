"""Addresses of the journal."""

from django.urls import path

from amarre.web.staff.journal import alarms, requests, views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/alertes/", alarms.alarm_list, name="alarm_list"),
    path("journal/alertes/<int:pk>/", alarms.alarm_detail, name="alarm"),
    path("journal/alertes/<int:pk>/vue/", alarms.alarm_see, name="alarm_see"),
    path("journal/demandes/", requests.data_list, name="journal_requests"),
    path("journal/demandes/<int:pk>/", requests.data_answer, name="journal_request"),
]
