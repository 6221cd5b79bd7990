"""Asking for advice about nobody, and reading the answer."""
