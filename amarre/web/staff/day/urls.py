"""Addresses of « Ma journée »."""

from django.urls import path

from amarre.web.staff.day import views

urlpatterns = [
    path("", views.day, name="day"),
    path("encore-la/", views.still_here, name="still_here"),
]
