"""The journal: who did or read what, when. Audience: the privacy officer."""
