"""What a person, or the calendar, can do: one service per context, one method per verb."""
