"""Addresses of the staff door."""

from django.urls import path

from amarre.web.staff.day import views as day

urlpatterns = [path("", day.day, name="day")]
