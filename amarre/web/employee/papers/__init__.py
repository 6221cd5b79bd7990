"""My applications, my budget, my documents. Audience: the person."""
