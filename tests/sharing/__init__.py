"""Tests of the single way out: its rules, races, second wall, words and pages."""
