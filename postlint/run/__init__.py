"""From paths to findings: discovery, reading, asking the rules, and as many processes as help."""
