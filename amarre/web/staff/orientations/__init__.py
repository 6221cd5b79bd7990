"""Orientations, on the members' side: where they stand, reminding, the link of one, a partner's figures."""
