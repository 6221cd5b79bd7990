"""Answers for machines: `/healthz`. No page, no person.

Audience: the launcher, a load balancer, a monitor.
"""
