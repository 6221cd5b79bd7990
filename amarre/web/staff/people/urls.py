"""Addresses of the people, and of the search that the top bar opens."""

from django.urls import path

from amarre.web.staff.people import jobs, search, views

urlpatterns = [
    path("recherche/", search.search, name="search"),
    path("personnes/", views.person_list, name="person_list"),
    path("personnes/nouvelle/", views.person_new, name="person_new"),
    path("personnes/<int:pk>/", views.person_detail, name="person"),
    path("personnes/<int:pk>/modifier/", views.person_edit, name="person_edit"),
    path("personnes/<int:pk>/poste/", jobs.job_new, name="job_new"),
    path("postes/<int:pk>/", jobs.job_edit, name="job_edit"),
]
