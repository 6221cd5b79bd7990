"""Cases: mine, one case, its notes, members, closing. Audience: the members of a case."""
