"""Server-rendered pages; they work without JavaScript and without Internet access."""
