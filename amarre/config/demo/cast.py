"""The cast: one fictional person per way of looking at the house.

Read by the demo and by the tests. Everybody here is invented; addresses end in `.example` (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass

from amarre.accounts.models import Posting, User
from amarre.organisations.models import Centre

MONTREUIL, NANTERRE, CRETEIL = "Centre de Montreuil", "Centre de Nanterre", "Centre de Créteil"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the cast: the short name that tests use, and their account."""

    code: str
    name: str
    kind: str = "staff"
    roles: tuple[str, ...] = ()
    centre: str = ""
    active: bool = True

    @property
    def email(self) -> str:
        """Their sign-in."""
        return f"{self.code}@demo.amarre.example"


CAST = (
    Player("claire", "Claire Kermadec", roles=("social_worker",), centre=MONTREUIL),
    Player("bruno", "Bruno Le Goff", roles=("social_worker",), centre=MONTREUIL),
    Player("nadia", "Nadia Ferhat", roles=("social_worker",), centre=MONTREUIL),
    Player("sophie", "Sophie Tanguy", roles=("secretary",), centre=MONTREUIL),
    Player("marc", "Marc Olivier", roles=("coordinator",), centre=MONTREUIL),
    Player("lea", "Léa Novak", roles=("privacy_officer",)),
    Player("hugo", "Dr Hugo Marchetti", roles=("health_team",), centre=MONTREUIL),
    Player("nora", "Nora Lindqvist", roles=("health_team",), centre=MONTREUIL),
    Player("theo", "Théo Vasseur", roles=("social_worker",), centre=NANTERRE),
    Player("zoe", "Zoé Marin", roles=("social_worker",), centre=MONTREUIL),
    Player("alex", "Alex Dumont", roles=("service_admin",)),
    Player("max", "Max Parti", roles=("social_worker",), centre=MONTREUIL, active=False),
    Player("paul", "Paul Derouet", kind="employer"),
    Player("rita", "Rita Sandoval", kind="employer"),
    Player("karim", "Karim Ziani", kind="employer"),
    Player("chloe", "Chloé Aubry", kind="partner"),
    Player("ines", "Inès Benali", kind="person"),
    Player("yanis", "Yanis Diarra", kind="person"),
)

SPACES = (Player("odile", "Odile Marchal", kind="person"),)
"""People of the demonstration alone who have a space of their own; tests cast nobody for them."""


def make_cast(password: str) -> dict[str, User]:
    """Make the three centres and everybody's account; runs as the owner, inside `commands.loading()`."""
    for centre in _centres():
        centre.save()
    return make_accounts(CAST, password)


def make_accounts(players: tuple[Player, ...], password: str) -> dict[str, User]:
    """Make accounts in the centres that exist; all have the same password, hashed once."""
    centres = {centre.name: centre for centre in Centre.objects.all()}
    hashed = User()
    hashed.set_password(password)
    made = {}
    for player in players:
        user = User(
            email=player.email,
            name=player.name,
            kind=player.kind,
            roles=list(player.roles),
            is_active=player.active,
            password=hashed.password,
        )
        user.save()
        if player.centre:
            Posting(user=user, centre=centres[player.centre]).save()
        made[player.code] = user
    return made


def _centres() -> list[Centre]:
    where = (
        (MONTREUIL, "01 99 00 10 01", "12 rue de la Corderie", "93100", "Montreuil", True),
        (NANTERRE, "01 99 00 10 02", "4 quai des Haubans", "92000", "Nanterre", False),
        (CRETEIL, "01 99 00 10 03", "27 avenue du Cabestan", "94000", "Créteil", False),
    )
    return [
        Centre(name=n, phone=p, hours="de 9 h à 17 h", address=a, postcode=c, city=v, is_default=d)
        for n, p, a, c, v, d in where
    ]
