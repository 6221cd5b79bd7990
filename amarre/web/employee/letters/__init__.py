"""My letters. Audience: the person."""
