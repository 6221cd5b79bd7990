"""The person’s own space. Audience: the employee, and whoever they invited to a part."""
