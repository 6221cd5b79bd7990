"""Tests of meetings: slots, reminders, bookings, visits, feeds."""
