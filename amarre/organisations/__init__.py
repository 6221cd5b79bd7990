"""The service, its centres, member companies, establishments and their contacts, and the service's own words.

Readers: staff; passers-by read a centre's name and telephone; a contact of an employer their own establishment.
Must not know: any employee, any case, who works where.
"""
