"""What the regulation says. Standard library only: no framework, no clock, no random numbers."""
