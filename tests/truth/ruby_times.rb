# What Ruby's Time.parse reads: JSON {"texts": [text, …], "zone": the machine's} on standard input,
# [moment or null, …] on standard output. It is 9:08:07 in Greenwich on 22 November 2026.

require "json"
require "date"
require "time"

asked = JSON.parse($stdin.read)
ENV["TZ"] = asked["zone"]
now = Time.utc(2026, 11, 22, 9, 8, 7).localtime
puts JSON.generate(asked["texts"].map { |text|
  begin
    Time.parse(text, now).localtime.strftime("%Y-%m-%d %H:%M:%S %z")
  rescue ArgumentError, RangeError
    nil
  end
})
