"""What fixes do to pages, and what they may do."""
