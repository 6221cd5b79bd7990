"""Grids at my own pace, one question per page. Audience: the person."""
