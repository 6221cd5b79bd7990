"""Screens of the directory: search, sheets, local entries, contacts, imports, and suggestions for a case."""
