"""Orientations, on the members' side: where they stand, reminding, the link of one that goes out, a partner's figures."""
