"""The proof: mirrors the tree, plus the cast, the architecture and the journeys."""
