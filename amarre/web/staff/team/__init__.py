"""The team's load, absences and queue, shared out without reading anybody's story. Audience: coordinators."""
