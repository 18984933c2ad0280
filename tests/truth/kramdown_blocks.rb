# The blocks of the pages that Jekyll's kramdown makes: JSON {"bodies": [Markdown, …], "front_matters":
# [YAML, …], "input": "GFM" or "kramdown"} on standard input; on standard output {"bodies": [[[line, HTML], …], …], "front_matters":
# [how Ruby prints it, or what is wrong with it, …]}. A line is that of the body on which the block begins,
# counted from 1; null is the list of footnotes. What `{:toc}` stands for is left out: it repeats headings.

require "json"
require "yaml"
require "date"
require "time"
require "kramdown"
require "kramdown-parser-gfm"

OPTIONS = {
  auto_ids: true, toc_levels: (1..6).to_a, entity_output: "as_char", smart_quotes: "lsquo,rsquo,ldquo,rdquo",
  hard_wrap: false, syntax_highlighter: nil
}.freeze

class Blocks < Kramdown::Converter::Html
  def self.of(text, input)
    srand(0) # kramdown marks the place of a table of contents by chance
    document = Kramdown::Document.new(text, OPTIONS.merge(input: input))
    converter = new(document.root, document.options)
    converter.blocks(document.root).reject { |_, html| html.strip.empty? }
  end

  def blocks(root)
    @stack.push(root)
    found = root.children.map { |child| [child.options[:location], convert(child, 0)] }
    @stack.pop
    found << [nil, footnote_content]
  end
end

def data(yaml)
  YAML.safe_load(yaml, permitted_classes: [Date, Time, Symbol], aliases: true).inspect
rescue Psych::Exception => e
  "!#{e.class}"
end

asked = JSON.parse($stdin.read)
puts JSON.generate(
  bodies: asked["bodies"].map { |body| Blocks.of(body, asked["input"]) },
  front_matters: asked["front_matters"].map { |yaml| data(yaml) }
)
