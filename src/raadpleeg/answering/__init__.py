"""Hits become an answer: evidence, a phrasing, a citation behind every sentence, or an honest no."""
