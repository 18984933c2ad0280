"""Liquid, evaluated as far as a site's sources tell: variables, filters, branches, loops, includes.

The specification is Liquid 5.4 (lib/liquid/) with Jekyll's own tags and filters (lib/jekyll/tags/,
lib/jekyll/filters/). What only a build would tell is UNKNOWN_VALUE, and whatever is made of it too.
"""
