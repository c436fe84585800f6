"""A reference or a quotation becomes its exact place, and an answer becomes something to keep and to cite."""
