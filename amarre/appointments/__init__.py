"""When and where we meet; one act feeds agenda, case, reminders and calendar feed.

Readers: the secretaries and social workers of the centre, those who are named in a meeting, and the person; why we meet
(`Matter`), the case's members alone.
Must not know: doors, and what is said once we have met.
"""
