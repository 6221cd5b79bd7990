"""Staff screens: hours at which one receives, absences, kinds of meeting and rooms, the calendar feed."""
