"""The way in: signing in and out, second factor, invitation, and what an account opens.

Readers: allauth (adapters and forms named in the settings), `amarre.config.urls.entry`, the scope.
Must not know rooms other than `accounts`. These pages run before anybody is somebody: no scope, no walled table.
"""
