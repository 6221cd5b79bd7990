"""The health team and the social service: sending somebody, asking without naming anybody, fact sheets."""
