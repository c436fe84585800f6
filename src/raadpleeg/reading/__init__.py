"""A file becomes a `Document`: decode it, lay its lines out as running text, and name its units."""
