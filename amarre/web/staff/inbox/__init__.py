"""What was sent to a member of the staff: opened by a button, read, answered."""
