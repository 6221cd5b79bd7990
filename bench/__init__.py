"""Measures of what a page costs, on a synthetic service of ten thousand cases. Run by `make bench`; see `README.md`."""
