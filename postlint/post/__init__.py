"""One file, parsed once: everything that a rule may ask of it."""
