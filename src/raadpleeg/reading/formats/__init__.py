"""File formats, one module each: bytes in, lines of pages or a written `Manuscript` out."""
