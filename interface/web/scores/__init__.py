"""Score sheets, one by one and beside one another, and the facts behind each figure."""
