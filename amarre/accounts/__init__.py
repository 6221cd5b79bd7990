"""Who signs in, and what each role may do.

Readers: the service admin; every staff member reads a colleague's name and role.
Must not know: any employee, any case.
"""
