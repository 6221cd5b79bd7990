"""Asking for help for somebody, and « demande transmise ». Nothing here remembers for whom."""
