"""Addresses of the advice."""

from django.urls import path

from amarre.web.employer.advice import views

urlpatterns = [
    path("conseils/", views.advice_list, name="advice_list"),
    path("conseils/nouveau/", views.advice_new, name="advice_new"),
    path("conseils/<int:pk>/", views.advice, name="advice"),
]
