"""An appointment as the person sees it: one set of pages for two doors, the link without an account and the space.

Stands over `web.ui` and under the doors. Must not know which door asks (a `Way` says it), a case, a plan, nor anybody's
name but the worker's.
"""
