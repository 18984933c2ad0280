"""LINK: what the web answers, where postlint may ask it."""
