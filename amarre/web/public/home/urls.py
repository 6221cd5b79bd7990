"""Address of the first page."""

from django.urls import path

from amarre.web.public.home import views

urlpatterns = [path("", views.home, name="home")]
