"""Requests: the queue, one request, and noting a new contact. Audience: social workers, secretaries, coordinators."""
