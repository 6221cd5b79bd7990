"""Staff screens: taking an appointment, one appointment, and what became of it."""
