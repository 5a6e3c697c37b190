"""A scheme as a TOML file: how it is written, read, refused with a remedy, and completed by an editor."""
