"""The first page: who we are, whom to call, how to ask."""
