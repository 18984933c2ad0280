"""Text as YAML writes it in quotes."""


def double_quoted(text: str) -> str:
    """`text`, which has one line, in double quotes (YAML 1.2, section 7.3.1)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
