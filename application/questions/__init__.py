"""What can be asked: typed answers for pages, commands, documents and packages."""
