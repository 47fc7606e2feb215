"""A draft shown to somebody outside the newsroom, by a signed link that ends."""
