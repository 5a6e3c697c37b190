"""Pictures of figures: what is drawn is worked out here, and drawn by one macro."""
