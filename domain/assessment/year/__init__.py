"""The work of an assessment year: its events and rules, from the draft of a scheme to the use of published results."""
