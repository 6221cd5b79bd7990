"""Staff screens: the sheet of a visit, arrival and departure, the colleague who was told, the alarm bar."""
