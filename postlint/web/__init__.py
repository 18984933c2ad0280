"""The health of addresses on the web: what is really known of each, asked politely and remembered.

`postlint.web.probing.probe` asks; `postlint.web.verdicts` has what it says; `postlint.web.memory` keeps it;
`postlint.web.settings` has every limit. This package imports nothing by itself, so that who only speaks of
verdicts loads no network.
"""
