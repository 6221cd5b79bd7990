"""The service's settings: centres and their areas, lists of words, numbers to call."""
