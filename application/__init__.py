"""What a person, or the calendar, can do and ask; with the log, the stores beside it and the proof."""
