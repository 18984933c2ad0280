"""LINT: files that cannot be checked, and comments that speak to postlint."""
