"""PAGE: the page as a whole."""
