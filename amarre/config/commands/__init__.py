"""The operator's commands, one module per family: `add` declares them, their handlers answer an exit code.

Readers: `amarre.config.cli`. A module here imports Django inside its handlers only: `--help` is instant.
"""
