"""The professional's file: members, situation, notes, the worker's safety.

Readers: the case's members; coordinators of the centre read assignments (number, state, dates), never a story.
Must not know: doors, solicitations, what is built together with the person, what leaves the case.
"""
