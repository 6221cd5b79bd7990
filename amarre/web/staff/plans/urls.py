"""Addresses of the plan of a case."""

from django.urls import include, path

from amarre.web.staff.plans import budgets, documents, goals, grids, plan, procedures, space, talk, versions

_PLAN = [
    path("", plan.plan, name="plan"),
    path("besoin/", plan.need_new, name="plan_need_new"),
    path("besoin/<int:need_pk>/", plan.need, name="plan_need"),
    path("rythme/", plan.rhythm, name="plan_rhythm"),
    path("point/", plan.review, name="plan_review"),
    path("objectif/", goals.goal_new, name="plan_goal_new"),
    path("objectif/<int:goal_pk>/", goals.goal, name="plan_goal"),
    path("objectif/<int:goal_pk>/corriger/", goals.goal_edit, name="plan_goal_edit"),
    path("objectif/<int:goal_pk>/avancee/", goals.goal_say, name="plan_goal_say"),
    path("objectif/<int:goal_pk>/commentaire/", goals.goal_comment, name="plan_goal_comment"),
    path("objectif/<int:goal_pk>/fin/", goals.goal_close, name="plan_goal_close"),
    path("objectif/<int:goal_pk>/reponse/", goals.goal_answer, name="plan_goal_answer"),
    path("action/", goals.action_new, name="plan_action_new"),
    path("action/<int:action_pk>/", goals.action, name="plan_action"),
    path("action/<int:action_pk>/fait/", goals.action_done, name="plan_action_done"),
    path("figer/", versions.freeze, name="plan_freeze"),
    path("version/<int:version_pk>/", versions.version, name="plan_version"),
    path("version/<int:version_pk>/reponse/", versions.version_answer, name="plan_version_answer"),
    path("version/<int:version_pk>/remise/", versions.version_hand, name="plan_version_hand"),
    path("version/<int:version_pk>/papier/", versions.version_paper, name="plan_version_paper"),
]
_GRIDS = [
    path("", grids.grid_list, name="plan_grids"),
    path("commencer/", grids.grid_start, name="plan_grid_start"),
    path("<int:filling_pk>/", grids.grid, name="plan_grid"),
    path("<int:filling_pk>/reponse/", grids.grid_answer, name="plan_grid_answer"),
    path("<int:filling_pk>/urgence/", grids.grid_urgent, name="plan_grid_urgent"),
    path("<int:filling_pk>/fin/", grids.grid_finish, name="plan_grid_finish"),
    path("<slug:code>/comparer/", grids.grid_compare, name="plan_grid_compare"),
    path("<slug:code>/papier/", grids.grid_paper, name="plan_grid_paper"),
]
_PAPERS = [
    path("demarches/", procedures.procedure_list, name="plan_procedures"),
    path("demarches/nouvelle/", procedures.procedure_new, name="plan_procedure_new"),
    path("demarches/<int:application_pk>/", procedures.procedure, name="plan_procedure"),
    path("demarches/<int:application_pk>/pieces/", procedures.procedure_gather, name="plan_procedure_gather"),
    path("budget/", budgets.budget_list, name="plan_budgets"),
    path("budget/papier/", budgets.budget_paper, name="plan_budget_paper"),
    path("budget/nouveau/", budgets.budget_new, name="plan_budget_new"),
    path("budget/<int:budget_pk>/", budgets.budget, name="plan_budget"),
    path("budget/<int:budget_pk>/retirer/", budgets.budget_remove, name="plan_budget_remove"),
    path("documents/", documents.document_list, name="plan_documents"),
    path("documents/<int:document_pk>/", documents.document, name="plan_document"),
    path("documents/<int:document_pk>/analyse/", documents.document_scan, name="plan_document_scan"),
    path("documents/<int:document_pk>/retirer/", documents.document_remove, name="plan_document_remove"),
]
_SPACE = [
    path("echanges/", talk.messages, name="plan_messages"),
    path("espace/", space.space, name="plan_space"),
    path("espace/code/<int:check_pk>/", space.space_confirm, name="plan_space_confirm"),
    path("espace/fermer/", space.space_close, name="plan_space_close"),
    path("espace/protection/", space.protection, name="plan_protection"),
    path("espace/proche/", space.companion_new, name="plan_companion_new"),
    path("espace/proche/<int:companion_pk>/fin/", space.companion_end, name="plan_companion_end"),
]
urlpatterns = [
    path("dossiers/<int:pk>/projet/", include(_PLAN)),
    path("dossiers/<int:pk>/grilles/", include(_GRIDS)),
    path("dossiers/<int:pk>/", include(_PAPERS)),
    path("dossiers/<int:pk>/", include(_SPACE)),
]
