"""Small values that views hand to layouts and components.

Readers: the views of every door, and `templatetags/ui.py`.
Must not know: any room, any request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Tone = Literal["sea", "rope", "red", "green", "neutral"]


class Badge(NamedTuple):
    """A word or two on a colour. The word alone must be enough."""

    label: str
    tone: Tone = "neutral"


class Link(NamedTuple):
    """A place to go; in a breadcrumb, an empty url is the page itself."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation, or a tab. `count` is shown when it is not zero."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds a staff page. An empty address hides its button: what one may not do is not shown."""

    name: str
    role: str
    centre: str = ""
    home_url: str = "/pro/"
    access_url: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    new_contact_url: str = ""
    write_note_url: str = ""
    sign_in_url: str = "/compte/connexion/"
    renew_url: str = "/pro/encore-la/"
    nav: Sequence[NavItem] = field(default_factory=tuple)
