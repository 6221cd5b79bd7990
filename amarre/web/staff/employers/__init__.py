"""Contacts of employers (invited, confirmed, ended) and the advice that they ask for."""
