"""What Jekyll makes of a folder, predicted without building it.

The specification is Jekyll 4.3's own source; each function names the file it answers to. What a
theme's gem or a plugin adds is not known here.
"""

CONFIG_NAMES = ("_config.yml", "_config.yaml")
"""In the order in which Jekyll looks for them (lib/jekyll/configuration.rb, `config_files`)."""
