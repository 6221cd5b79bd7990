"""People: look for somebody first, write them down once, say where they work and how to reach them."""
