"""Appointments: when and where we meet; one act that feeds agenda, case, reminders and calendar feed.

Read by the secretaries and social workers of the centre, by those who are named in a meeting, and by the person; why we
meet (`Matter`) by the case's members alone. Must not know HTTP, nor what is said once we have met.
"""
