"""The employee asks: four questions, each of which may be passed, and nobody else knows."""
