"""Tests of the person's own door."""
