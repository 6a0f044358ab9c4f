"""A result in, something to take away out."""
