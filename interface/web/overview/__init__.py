"""The first page: the county at a glance, and what waits for the reader."""
