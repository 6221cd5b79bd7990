"""Answers for machines: `/healthz`, and calendar feeds by token. No page, no person.

Audience: the launcher, a load balancer, a monitor; the calendar of a worker.
"""
