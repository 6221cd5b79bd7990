"""Amarre: the social service of a French occupational health service, from solicitation to look-back."""
