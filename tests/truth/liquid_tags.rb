# Whether Jekyll refuses the tags of templates: JSON [template, …] on standard input, [true or false, …] on
# standard output. An include that is only not there is none that is refused.

require "json"
require "tmpdir"
require "jekyll"

Jekyll.logger.log_level = :error
$VERBOSE = nil

Dir.mktmpdir do |folder|
  options = { "source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true }
  site = Jekyll::Site.new(Jekyll.configuration(options))
  info = { registers: { site: site, page: { "path" => "_posts/a.md" } } }
  answers = JSON.parse($stdin.read).each_with_index.map do |template, number|
    site.liquid_renderer.file("post#{number}.md").parse(template).render!({ "page" => {} }, info)
    false
  rescue Liquid::Error, ArgumentError, SyntaxError
    true
  rescue IOError
    false
  end
  puts JSON.generate(answers)
end
