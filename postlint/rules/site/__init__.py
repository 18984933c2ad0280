"""Rules about where a file stands in its site, and where its own links lead there."""
