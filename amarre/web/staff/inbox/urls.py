"""Addresses of what was sent to a member of the staff."""

from django.urls import path

from amarre.web.staff.inbox import views

urlpatterns = [
    path("courrier/", views.inbox, name="inbox"),
    path("courrier/<int:pk>/", views.inbox_item, name="inbox_item"),
    path("courrier/<int:pk>/ouvrir/", views.inbox_open, name="inbox_open"),
]
