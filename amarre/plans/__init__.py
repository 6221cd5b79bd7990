"""What is built together: grids, goals, actions, reviews, rights applications, budget, documents, messages.

Readers: the case's members and the person; a relative, the parts to which the person invited them.
Must not know: doors, solicitations, what leaves the case for anybody else.
"""
