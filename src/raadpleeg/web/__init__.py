"""The page in the browser: a conversation with its sources."""
