"""Forms that were begun, or sent when the session was over: listed, gone on with, or thrown away."""
