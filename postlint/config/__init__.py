"""What the user asks for: `.postlint.yml`, or `[tool.postlint]` in `pyproject.toml`."""
