"""The partner's door. Audience: whom an orientation was sent to, by an account or by a link. It knows no case."""
