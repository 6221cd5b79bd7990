"""The top floor: settings, one URLconf per door, the launcher and the operator's command.

Readers: whoever runs the service. It composes rooms and doors; no room and no door may know it.
"""
