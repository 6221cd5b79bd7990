"""My appointments, in the space."""
