"""The employer's own door. Audience: contacts of an establishment, confirmed by the service. It knows no employee."""
