"""A solicitation arrives, is agreed to, triaged, taken, redirected or closed.

Readers: logistics, the secretaries, coordinators and social workers of the centre; sealed words and reasons, the
social workers of the centre until it is taken, then the case's members.
Must not know: doors, and what happens in a case once it is taken.
"""
