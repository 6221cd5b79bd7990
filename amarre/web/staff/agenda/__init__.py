"""The agenda: list, day, week; a meeting and what can be done about it; time put aside; the load of a team."""
