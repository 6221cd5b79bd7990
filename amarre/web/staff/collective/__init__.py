"""Collective actions: what is due, one action, its sessions, the catalogue, the materials, the log, the year."""
