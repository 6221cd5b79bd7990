"""The employees: identity, jobs, and how they may be reached.

Readers: identity, every staff member.
Must not know: that a case exists, why somebody was met, or anything about health.
"""
