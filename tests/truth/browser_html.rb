# HTML as a browser has it, for MathJax to look through: JSON [html, …] on standard input, the same list on
# standard output, its elements in order and closed. Names and attributes that mean nothing to MathJax are left
# out, because the small parser that it has where there is no browser stumbles over odd ones.

require "json"
require "nokogiri"

KEPT = %w(br wbr code)
UNREAD = "script, style, textarea, noscript, pre, code"

pages = JSON.parse($stdin.read).map do |html|
  page = Nokogiri::HTML5.fragment(html, max_tree_depth: -1)
  page.css(UNREAD).each { |node| node.replace("<code></code>") }
  page.traverse do |node|
    next unless node.element?

    node.name = "span" unless KEPT.include?(node.name)
    node.attribute_nodes.each(&:unlink)
  end
  page.to_html
end
puts JSON.generate(pages)
