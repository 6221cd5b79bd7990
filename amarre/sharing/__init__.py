"""The single way out: agreements of the person, transmissions and their answers, exceptions of the law.

Readers: the case's members and the person; the named recipient, what was sent to them and nothing else.
Must not know: doors, solicitations.
"""
