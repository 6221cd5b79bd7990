"""The person's pages: what I agreed to share, what was sent about me."""
