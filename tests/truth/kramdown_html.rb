# What Jekyll's kramdown makes of Markdown files: JSON {"options": {…}, "texts": [whole file, …]} on
# standard input, [{"html": …, "data": front matter as Ruby prints it}, …] on standard output.

require "json"
require "yaml"
require "date"
require "time"
require "kramdown"
require "kramdown-parser-gfm"
require "jekyll"

asked = JSON.parse($stdin.read)
options = {
  auto_ids: true, toc_levels: (1..6).to_a, entity_output: "as_char", smart_quotes: "lsquo,rsquo,ldquo,rdquo",
  input: "GFM", hard_wrap: false, syntax_highlighter: nil
}.merge(asked.fetch("options", {}).transform_keys(&:to_sym))

rendered = asked["texts"].map do |text|
  data = nil
  if (front = text.match(Jekyll::Document::YAML_FRONT_MATTER_REGEXP))
    text = front.post_match
    begin
      data = YAML.safe_load(front[1], permitted_classes: [Date, Time, Symbol], aliases: true).inspect
    rescue Psych::Exception => e
      data = e.message
    end
  end
  { html: Kramdown::Document.new(text, options).to_html, data: data }
end
puts JSON.generate(rendered)
