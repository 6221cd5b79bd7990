"""The employer’s door, as it is seen over HTTP."""
