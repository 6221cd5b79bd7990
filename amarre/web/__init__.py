"""Doors: one package per audience, holding URLs, views, forms and templates. Doors do not know each other."""
