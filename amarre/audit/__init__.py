"""By whom what was done or read, when; append-only, tamper-evident.

Readers: the privacy officer.
Must not know: any value that was written or read; it names, it does not quote.
"""
