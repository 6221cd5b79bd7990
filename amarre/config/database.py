"""The addresses of the database, whoever gives it: the house, a launcher that runs, or a server of our own.

Readers: the launcher, the operator's command. It must not know tables nor Django.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg

from amarre.config.home import Home, Unusable
from amarre.config.postgres import Cluster
from amarre.config.roles import APP, OWNER, ensure_database, ensure_roles

NAME = "amarre"


@dataclass(frozen=True)
class Urls:
    """One address per login; the owner's is for migrations, keys, backup and audit alone."""

    app: str | None
    owner: str | None

    def known(self) -> dict[str, str]:
        """Return the addresses that there are, by login."""
        return {name: url for name, url in (("app", self.app), ("owner", self.owner)) if url is not None}


def prepare_cluster(cluster: Cluster, home: Home) -> Urls:
    """Start our own server; make the roles and the database as they must be."""
    superuser = cluster.start()
    passwords = home.passwords()
    ensure_roles(superuser, owner_password=passwords["owner"], app_password=passwords["app"])
    ensure_database(superuser, NAME)
    return Urls(cluster.url(APP, passwords["app"], NAME), cluster.url(OWNER, passwords["owner"], NAME))


def prepare_house(superuser_url: str, owner_password: str, app_password: str, name: str) -> None:
    """Make the roles and the database on the house's server, with an administrator's address."""
    try:
        ensure_roles(superuser_url, owner_password=owner_password, app_password=app_password)
        ensure_database(superuser_url, name)
    except psycopg.Error as error:
        raise Unusable(f"Le serveur a refusé : {str(error).strip()}") from None


@contextmanager
def opened(home: Home, purpose: str) -> Iterator[Urls]:
    """Give the addresses for the time of a command, starting our own server when none runs."""
    if os.environ.get("DATABASE_URL") or os.environ.get("AMARRE_OWNER_URL"):
        yield Urls(os.environ.get("DATABASE_URL"), os.environ.get("AMARRE_OWNER_URL"))
    elif running := home.published():
        yield Urls(running.get("app"), running.get("owner"))
    else:
        with home.held(purpose):
            cluster = Cluster(home.cluster)
            try:
                yield prepare_cluster(cluster, home)
            finally:
                cluster.stop()


def without_password(url: str) -> str:
    """Return an address that may be shown."""
    parts = urlsplit(url)
    return f"{parts.username}@{parts.hostname}:{parts.port or 5432}{parts.path}"
