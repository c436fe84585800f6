"""A question becomes hits: both arms search, their scores are fused."""
