# What Jekyll makes of blogs: JSON {"folders": [folder, …], "zone": name of the machine's time zone,
# "now": the moment to build at, "pages": whether to render the posts} on standard input; for each folder, on standard output,
# {"posts": […], "files": {source: path on the server}}, or {"error": why Jekyll ends the build}.

require "jekyll"
require "json"
require "nokogiri"
require "tmpdir"

Jekyll.logger.log_level = :error
$stderr = File.open(File::NULL, "w")

# Debian's Jekyll reads YAML with Psych, which refuses `permalink: :title`; every other one takes a text there.
module SymbolsAsText
  def safe_load(yaml, **options)
    options[:permitted_classes] = Array(options[:permitted_classes]) + [Symbol, Date, Time]
    text_of(super(yaml, **options))
  end

  def text_of(value)
    case value
    when Symbol then ":#{value}"
    when Array then value.map { |item| text_of(item) }
    when Hash then value.to_h { |key, item| [text_of(key), text_of(item)] }
    else value
    end
  end
end
Psych.singleton_class.prepend(SymbolsAsText)

def page_of(site, doc, payload)
  html = Nokogiri::HTML::DocumentFragment.parse(Jekyll::Renderer.new(site, doc, payload).run)
  {
    headings: html.css("h1,h2,h3,h4,h5,h6").map { |h| [h.name[1].to_i, h["id"]] },
    links: html.css("a[href]").map { |a| a["href"] },
    images: html.css("img[src]").map { |i| i["src"] },
    text: html.text
  }
rescue StandardError => e
  { error: "#{e.class}: #{e.message.lines.first}" }
end

def blog(folder, now, with_pages)
  config = Jekyll.configuration(
    "source" => folder, "destination" => File.join(Dir.tmpdir, "no-such-folder-#{Process.pid}"),
    "plugins" => [], "gems" => [], "whitelist" => [], "plugins_dir" => "_no_plugins",
    "disable_disk_cache" => true, "quiet" => true, "time" => now
  )
  %w(theme remote_theme).each { |key| config.delete(key) }
  site = Jekyll::Site.new(config)
  site.reset
  site.read
  payload = site.site_payload
  files = {}
  site.each_site_file { |item| files[item.relative_path.delete_prefix("/")] = item.destination(site.dest).delete_prefix(site.dest) }
  posts = site.posts.docs.map do |doc|
    row = { path: doc.relative_path, url: doc.url, date: doc.date.strftime("%Y-%m-%d"), title: doc.data["title"]&.to_s,
            tags: doc.data["tags"]&.map(&:to_s), categories: doc.data["categories"]&.map(&:to_s) }
    row[:page] = page_of(site, doc, payload) if with_pages
    row
  end
  { posts: posts, files: files }
rescue StandardError => e
  { error: "#{e.class}: #{e.message.lines.first}" }
end

asked = JSON.parse($stdin.read)
blogs = asked["folders"].map do |folder|
  ENV["TZ"] = asked["zone"]
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, {})
  blog(folder, asked["now"], asked["pages"])
end
puts JSON.generate(blogs)
