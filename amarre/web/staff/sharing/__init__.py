"""Staff screens: agreements of a case, what leaves it, exceptions of the law."""
