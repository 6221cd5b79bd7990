"""How to reach me, who opened my file, those close to me, my data. Audience: the person."""
