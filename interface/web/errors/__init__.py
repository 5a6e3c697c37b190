"""What went wrong, told so that the reader knows a way on."""
