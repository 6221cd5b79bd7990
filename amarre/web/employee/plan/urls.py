"""Addresses of the plan."""

from django.urls import path

from amarre.web.employee.plan import views

urlpatterns = [
    path("projet/", views.plan, name="plan"),
    path("projet/version/<int:pk>/", views.version, name="version"),
    path("projet/version/<int:pk>/papier/", views.version_paper, name="version_paper"),
    path("projet/objectif/nouveau/", views.goal_new, name="goal_new"),
    path("projet/objectif/<int:pk>/", views.goal, name="goal"),
    path("projet/objectif/<int:pk>/avancee/", views.goal_progress, name="goal_progress"),
    path("projet/objectif/<int:pk>/reponse/", views.goal_answer, name="goal_answer"),
    path("projet/action/nouvelle/", views.action_new, name="action_new"),
    path("projet/action/<int:pk>/", views.action, name="action"),
]
