"""The whole blog: what its configuration says of each file."""
