"""Fields of this door: those of the house, for whoever asks without an account.

Read by the forms of this door.
"""

from amarre.web.ui.plain_fields import EmailField as EmailField
from amarre.web.ui.plain_fields import LineField as LineField
from amarre.web.ui.plain_fields import NameField as NameField
from amarre.web.ui.plain_fields import PhoneField as PhoneField
from amarre.web.ui.plain_fields import TextField as TextField
from amarre.web.ui.plain_fields import postcode_in as postcode_in
from amarre.web.ui.plain_fields import tidy as tidy
