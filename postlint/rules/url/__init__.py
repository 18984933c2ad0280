"""URL: addresses."""
