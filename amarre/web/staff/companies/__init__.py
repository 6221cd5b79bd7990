"""Companies and their workplaces: list, page, forms, and the import of a file."""
