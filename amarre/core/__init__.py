"""Tools without a trade: actor and scope, commands, sealed text, drafts, jobs, walls.

Readers: every room and door. Drafts are read by their author alone.
Must not know: any room, any door, HTTP, or what a case is.
"""
