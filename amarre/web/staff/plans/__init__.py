"""The plan of a case: goals, grids, procedures, budget, documents, talk, the person's space. Audience: the members."""
