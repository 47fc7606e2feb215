"""What the news adds to the tree of an office."""
