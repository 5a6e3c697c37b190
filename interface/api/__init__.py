"""The JSON API: every verb by POST, every question by GET, for scripts that bear a token."""
