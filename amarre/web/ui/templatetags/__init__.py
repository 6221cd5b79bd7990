"""Tag libraries of the house style."""
