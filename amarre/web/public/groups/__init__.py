"""What is done for groups, for whoever holds a code: a session, a place in it, the questions of the end."""
