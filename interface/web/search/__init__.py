"""One search box for every page, what it finds, and where one can go or what one can do from it."""
