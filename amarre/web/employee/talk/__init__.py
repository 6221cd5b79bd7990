"""Messages, my opinion, news six and twelve months later. Audience: the person."""
