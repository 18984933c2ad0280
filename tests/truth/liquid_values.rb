# What Liquid makes of templates: JSON {"values": {name: value}, "templates": [template, …]} on
# standard input, [text, …] on standard output.

require "json"
require "liquid"

asked = JSON.parse($stdin.read)
puts JSON.generate(asked["templates"].map { |template|
  Liquid::Template.parse(template, error_mode: :warn).render(asked["values"])
})
