"""Staff screens: letters of a case, and the service's Word templates."""
