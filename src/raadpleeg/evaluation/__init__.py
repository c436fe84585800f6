"""Gold questions and a set of papers become numbers."""
