# What Liquid makes of templates that know no site: JSON [template, …] on standard input,
# [text, or null where Liquid refuses the template, …] on standard output.

require "json"
require "liquid"

puts JSON.generate(JSON.parse($stdin.read).map { |template|
  begin
    Liquid::Template.parse(template).render
  rescue Liquid::SyntaxError
    nil
  end
})
