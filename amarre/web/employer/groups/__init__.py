"""Actions for teams: asking for one, following it, announcing it, reading what it did, and what was tried at work."""
