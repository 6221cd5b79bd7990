"""Partners and their services: whom one can be sent to, what for, under which conditions, how fresh that is.

Readers: the staff; a partner's account, its own structure and its own line.
Must not know: any employee, any case; who was sent where belongs to `sharing`.
"""
