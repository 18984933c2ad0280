"""A site as Hugo makes it. What its sources do not say (a theme that is not there, what a template
writes) is unknown here too.

The rules are those of Hugo 0.111; each module names the source files in which they stand.
"""
