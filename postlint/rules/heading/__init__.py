"""HEAD: headings."""
