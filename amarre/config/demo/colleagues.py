"""The colleagues of the cast: enough people for three centres to work. Demo only; the tests do without them."""

from __future__ import annotations

from amarre.config.demo.cast import CRETEIL, MONTREUIL, NANTERRE, Player

_WORKER = ("social_worker",)

COLLEAGUES = (
    Player("elodie.p", "Élodie Prigent", roles=_WORKER, centre=MONTREUIL),
    Player("salome.r", "Salomé Riou", roles=_WORKER, centre=NANTERRE),
    Player("idriss.c", "Idriss Caro", roles=_WORKER, centre=NANTERRE),
    Player("gwenn.a", "Gwenn Abgrall", roles=_WORKER, centre=CRETEIL),
    Player("sacha.q", "Sacha Quéré", roles=_WORKER, centre=CRETEIL),
    Player("farah.l", "Farah Lebreton", roles=_WORKER, centre=CRETEIL),
    Player("helene.c", "Hélène Corre", roles=("coordinator",), centre=NANTERRE),
    Player("perrine.d", "Perrine Danic", roles=("coordinator",), centre=CRETEIL),
    Player("yann.l", "Yann Le Dû", roles=("secretary",), centre=NANTERRE),
    Player("mona.s", "Mona Salaün", roles=("secretary",), centre=CRETEIL),
    Player("aline.k", "Dr Aline Kerbrat", roles=("health_team",), centre=CRETEIL),
)
