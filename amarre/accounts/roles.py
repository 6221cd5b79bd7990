"""What each role may do, in sentences; the same sentences stand on the page « Mes accès ».

Read by policies, the accounts screens and the tests. Roles are code: none is edited in the database, none sees all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its code, its French name, what it sees and does, and what it will never see."""

    code: str
    label: str
    may: tuple[str, ...]
    never: tuple[str, ...]


_ALL = (
    Role(
        "social_worker",
        "assistant(e) de service social",
        (
            "Vous lisez les demandes de votre centre, avec leur motif.",
            "Vous lisez et écrivez les dossiers dont vous êtes membre.",
            "Vous voyez l’identité des salariés et les entreprises.",
        ),
        ("Vous ne voyez pas les dossiers dont vous n’êtes pas membre.",),
    ),
    Role(
        "secretary",
        "secrétariat",
        (
            "Vous notez les demandes et vous voyez qui rappeler dans votre centre.",
            "Vous voyez l’identité des salariés et les entreprises.",
        ),
        ("Vous ne voyez ni le motif d’une demande, ni aucun dossier.",),
    ),
    Role(
        "coordinator",
        "responsable du service social",
        (
            "Vous répartissez les demandes et les dossiers de vos centres.",
            "Vous voyez pour chaque dossier son numéro, son centre, son état, son urgence, son référent et ses dates.",
            "Vous nommez un suppléant pendant une absence.",
        ),
        ("Vous ne lisez aucun dossier et vous ne pouvez pas vous y nommer.",),
    ),
    Role(
        "health_team",
        "équipe de santé au travail",
        (
            "Vous adressez quelqu’un au service social, s’il est d’accord, avec un motif et quelques mots.",
            "Vous recevez ce qu’une personne a accepté qu’on vous dise, et vous y répondez.",
            "Vous posez une question à un collègue sans nommer personne, et vous lisez les fiches du service.",
        ),
        (
            "Vous ne savez qu’une personne est suivie que si elle a accepté qu’on vous le dise, et jamais pourquoi.",
            "Vous ne lisez aucun dossier.",
        ),
    ),
    Role(
        "privacy_officer",
        "délégué(e) à la protection des données",
        ("Vous lisez le journal\u00a0: qui a fait ou lu quoi, et quand.",),
        ("Vous ne lisez aucun dossier.",),
    ),
    Role(
        "service_admin",
        "administration du service",
        ("Vous tenez les comptes, les centres et les listes de mots.",),
        ("Vous ne lisez aucune demande et aucun dossier.",),
    ),
)
ROLES: dict[str, Role] = {role.code: role for role in _ALL}
STAFF_ROLES = frozenset(ROLES)


def labels(codes: list[str] | frozenset[str]) -> str:
    """The French names of some roles, in the order above."""
    return ", ".join(role.label for role in _ALL if role.code in codes)
