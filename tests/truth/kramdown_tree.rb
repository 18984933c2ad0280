#!/usr/bin/env ruby
# frozen_string_literal: true

# What kramdown itself makes of texts, as JSON: the reference that postlint's parser is held against.
#
#   ruby kramdown_tree.rb < request.json > trees.json
#
# Request:  {"options": {"input": "GFM", ...}, "texts": ["...", ...]}
# Answer:   for each text its tree, or {"error": "..."} where kramdown raises.
#
# A tree is [kind, fields, children]; text, entities, quotes and signs that stand side by side are one
# ["text", {"value": ...}, []]. The ids of headings are those that the HTML converter gives them, and
# the footnotes follow at the end, in the order of their numbers.
#
# Needs (Debian): ruby-kramdown ruby-kramdown-parser-gfm

require "json"
require "timeout"
require "kramdown"
require "kramdown-parser-gfm"

# The HTML converter, listened to.
class Probe < Kramdown::Converter::Html
  attr_reader :ids, :term_ids, :footnotes

  def format_as_block_html(name, attr, body, indent)
    (@ids ||= []) << attr["id"] if name.match?(/\Ah[1-6]\z/)
    (@term_ids ||= []) << attr["id"] if name == "dt"
    super
  end

  def self.run(root, options)
    probe = new(root, Kramdown::Options.merge(options.merge(root.options[:options] || {})))
    probe.convert(root)
    probe
  end
end

# Kramdown's elements as plain data.
class Dump
  KINDS = { p: "p", blockquote: "quote", ul: "ul", ol: "ol", li: "li", dl: "dl", dd: "dd", hr: "hr",
            em: "em", strong: "strong", br: "br", table: "table", tr: "tr", td: "td" }.freeze

  def initialize(ids, term_ids)
    @ids = ids
    @term_ids = term_ids
    @toc = @notes = false
  end

  def children(element, raw: false)
    result = []
    element.children.each do |child|
      node = node(child, raw)
      next if node.nil?

      if node.is_a?(Array) && node[0].is_a?(Array)
        node.each { |one| add(result, one) }
      else
        add(result, node)
      end
    end
    result
  end

  def add(result, node)
    last = result.last
    if node[0] == "text"
      return if node[1][:value].empty?
      return last[1][:value] += node[1][:value] if last && last[0] == "text" && last[1][:raw] == node[1][:raw]
    elsif node[0] == "br" && last && last[0] == "text"
      last[1][:value] = last[1][:value].sub(/ +\z/, "")
      result.pop if last[1][:value].empty?
    end
    result << node
  end

  def text(value, raw)
    ["text", { value: +value, raw: raw }, []]
  end

  def node(el, raw)
    attr = el.attr
    case el.type
    when :blank, :eob then nil
    when :text then text(el.value, raw || el.value.include?("&"))
    when :raw
      return text(el.value, true) if raw && !el.options.key?(:category)

      types = el.options[:type]
      types.nil? || types.empty? || types.include?("html") ? ["raw", { value: el.value }, []] : nil
    when :entity then text(el.value.char || el.options[:original], raw)
    when :smart_quote then text(Kramdown::Utils::Entities.entity(el.value.to_s).char, raw)
    when :typographic_sym then text(Probe::TYPOGRAPHIC_SYMS[el.value].map(&:char).join, raw)
    when :header
      id = @ids.shift
      ["h", { level: el.options[:level], id: id, attr: attr.reject { |k, _| k == "id" } }, children(el)]
    when :codeblock
      ["codeblock", { value: el.value, fenced: el.options[:fenced] || false, attr: attr }, []]
    when :codespan then ["code", { value: el.value, attr: attr }, []]
    when :math
      ["math", { value: el.value, display: el.options[:category] == :block, attr: attr }, []]
    when :a, :img
      own = %w[href src alt title]
      ["#{el.type}", { to: attr["href"] || attr["src"], alt: attr["alt"], title: attr["title"],
                       attr: attr.reject { |k, _| own.include?(k) } }, children(el)]
    when :html_element then html(el)
    when :xml_comment, :xml_pi, :comment then ["comment", {}, []]
    when :dt
      id = @term_ids.shift
      ["dt", { attr: id ? attr.merge("id" => id) : attr }, children(el)]
    when :footnote then ["footnote", { name: el.options[:name] }, []]
    when :abbreviation then ["abbr", { value: el.value }, []]
    when :thead, :tbody, :tfoot then children(el)
    when :ul, :ol then list(el)
    else [KINDS.fetch(el.type), { attr: attr }, children(el)]
    end
  end

  def html(el)
    return ["del", {}, children(el)] unless el.options.key?(:content_model)

    ["html", { name: el.value, attr: el.attr, block: el.options[:category] == :block,
               raw: el.options[:content_model] == :raw },
     children(el, raw: el.options[:content_model] == :raw)]
  end

  def list(el)
    refs = el.options.dig(:ial, :refs) || []
    if !@toc && refs.include?("toc")
      @toc = true
      return ["toc", {}, []]
    elsif !@notes && refs.include?("footnotes")
      @notes = true
      return ["notes", {}, []]
    end
    [el.type.to_s, { attr: el.attr }, children(el)]
  end
end

request = JSON.parse($stdin.read)
options = request["options"].transform_keys(&:to_sym)
options[:syntax_highlighter] = nil

answer = request["texts"].map do |source|
  # Where kramdown would take its time for ever, there is nothing to compare with.
  Timeout.timeout(20) do
    document = Kramdown::Document.new(source, options)
    probe = Probe.run(document.root, document.options)
    dump = Dump.new(probe.ids || [], probe.term_ids || [])
    tree = dump.children(document.root)
    probe.footnotes.each { |name, data, _| tree << ["note", { name: name }, dump.children(data)] }
    tree
  end
rescue StandardError, SystemStackError, Timeout::Error => e
  { error: "#{e.class}: #{e.message}" }
end
puts JSON.generate(answer)
