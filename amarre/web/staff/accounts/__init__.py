"""Accounts, kept by the service admin; and « Mes accès », for everybody."""
