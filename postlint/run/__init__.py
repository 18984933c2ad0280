"""From paths to findings: discovery, reading, one walk for all rules, and as many processes as help."""
