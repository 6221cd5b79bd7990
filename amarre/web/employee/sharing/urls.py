"""Addresses of what is shared."""

from django.urls import path

from amarre.web.employee.sharing import views

urlpatterns = [
    path("accords/", views.sharing, name="sharing"),
    path("accords/<int:pk>/", views.agreement, name="agreement"),
    path("accords/<int:pk>/reprendre/", views.withdraw, name="agreement_withdraw"),
    path("envois/<int:pk>/", views.transmission, name="transmission"),
]
