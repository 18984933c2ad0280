"""MATH: formulas."""
