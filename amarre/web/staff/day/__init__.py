"""Ma journée."""
