"""My plan: goals, actions, what I agree to. Audience: the person."""
