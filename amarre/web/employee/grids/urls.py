"""Addresses of the grids."""

from django.urls import path

from amarre.web.employee.grids import views

urlpatterns = [
    path("grilles/", views.grid_list, name="grid_list"),
    path("grilles/<int:pk>/", views.grid, name="grid"),
    path("grilles/<int:pk>/<int:number>/", views.grid_item, name="grid_item"),
    path("grilles/<int:pk>/fin/", views.grid_finish, name="grid_finish"),
]
