"""The crisis protocol: who to call now, what to do, and what was done. Audience: everybody of the service."""
