"""The staff door: where the service works, under `/pro/`.

Audience: social workers, secretaries, coordinators, health team, privacy officer, service admin.
"""
