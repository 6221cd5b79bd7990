"""Makes a whole fictional service of a given size, in memory first, then in few statements.

Read by `amarre demo load` and by the measures. Must not know who asks.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from amarre.accounts.models import User
from amarre.collective.catalogue import ensure_offers
from amarre.config.demo.agenda import make_agendas
from amarre.config.demo.cast import SPACES, make_accounts, make_cast
from amarre.config.demo.colleagues import COLLEAGUES
from amarre.config.demo.collective import make_collective
from amarre.config.demo.contacts import make_contacts
from amarre.config.demo.days import Days
from amarre.config.demo.directory import make_directory
from amarre.config.demo.files import make_files
from amarre.config.demo.firms import make_communes, make_firms
from amarre.config.demo.health_team import make_health
from amarre.config.demo.letters import make_letters
from amarre.config.demo.meetings import make_meetings
from amarre.config.demo.persons import make_people
from amarre.config.demo.plans import make_plans
from amarre.config.demo.requests import make_requests
from amarre.config.demo.sharing import make_sharing
from amarre.config.demo.sharing_employer import make_sharing_employer
from amarre.config.demo.size import Size
from amarre.config.demo.stories import end_the_told, leave_a_draft, tell
from amarre.config.demo.together import make_together
from amarre.config.demo.world import Chance, Worker, World
from amarre.organisations.defaults import ensure_defaults
from amarre.organisations.models import Centre


def make_service(size: Size, password: str, now: datetime | None = None) -> None:
    """Fill an empty database. Runs as the owner, in a transaction, inside `commands.loading()`."""
    ensure_defaults()
    ensure_offers()
    users = make_cast(password) | make_accounts((*COLLEAGUES, *SPACES), password)
    world = _world(size, users, now or timezone.now())
    make_communes(world)
    make_firms(world)
    make_people(world)
    for somebodies in world.people.values():
        world.rng.shuffle(somebodies)
    plans = make_plans(world, tell(world))
    end_the_told(world, plans)
    make_files(world, plans)
    make_requests(world, plans)
    leave_a_draft(world, plans)
    make_together(world, plans)
    make_directory(world)
    make_contacts(world)
    make_collective(world)
    make_sharing(world)
    make_sharing_employer(world, plans)
    make_health(world, plans)
    make_meetings(world, plans)
    make_letters(world)
    make_agendas(world, plans)
    world.save()


def _world(size: Size, users: dict[str, User], now: datetime) -> World:
    centres = {centre.name: centre for centre in Centre.objects.all()}
    by_pk = {centre.pk: centre for centre in centres.values()}
    workers = {
        code: Worker(code, user.pk, by_pk[user.postings.get().centre_id])
        for code, user in users.items()
        if "social_worker" in user.roles
    }
    days = Days.until(timezone.localdate(now), size.years)
    return World(size, Chance(size.seed), now, days, workers, centres, users)
