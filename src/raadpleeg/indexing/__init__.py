"""A corpus becomes an index on disk: passages, their vectors, and their terms."""
