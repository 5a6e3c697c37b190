"""Attachments: files that prove something, by their digest; the bytes are kept beside the log."""
