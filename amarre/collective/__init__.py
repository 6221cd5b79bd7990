"""What the service does for groups, in companies: asked for, agreed, held, looked back on; and what changed at work.

Readers: staff; an employer's contacts (works council included) the actions of their establishment, without names and
through the gate of figures; a passer-by what a link opens. Names on a list: social workers, secretaries, coordinators.
Must not know: any employee, any case, any plan. Nothing here ever points to a person's file.
"""
