"""Where pages and API meet."""
