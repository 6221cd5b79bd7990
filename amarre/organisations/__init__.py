"""The service, its centres, member companies, establishments, and the service's own words (vocabularies).

Readers: staff; passers-by read a centre's name and telephone.
Must not know: any person, any case, who works where.
"""
