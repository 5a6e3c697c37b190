"""What somebody must act on next, one file per process: how a thing may stand, and who does what then."""
