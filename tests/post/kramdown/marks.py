"""What random text is made of: all that means something to kramdown, and a little that does not."""

from __future__ import annotations


def words(text: str) -> list[str]:
    return text.split()


# In these, `_` may become a space.
MARKS = words(
    "* ** _ __ ` `` ``` ~~~ ~~ $$ $ [ ] ( ) ![ ]( ](x) < > << >> \\ \\\\ # ## - + 1. 2. > | | --- -- "
    '... === *** : {: {:.c_#i} {::comment} {:/comment} {:/} {::nomarkdown} {:a="b"} {:toc} } ^ " '
    '\' &amp; & &#39; &copy; &zz; <b> </b> <div> </div> <p> </p> <br> <br/> <img_src="a"> '
    '<a_href="x"> </a> <!-- --> <script> </script> <http://a.b> <a@b.c> [^1] [^1]: [a] [a][] '
    "[b][a] HTML a b 한글 제목 é 😀 word http://a.b x_y 12 {#id} [_] [x] |---| |:-:| <code> </code> "
    '<pre> </pre> <Member> </Member> <span> </span> $$a$$ \\$ \\* \\| \\` "a" \'s </td> <table> <h2> '
    "</h2> <?pi_?> = <li> \u200b"
)
LINES = (
    "\n", "\n", "\n\n", "\n\n", "  \n", "   ", "    ", "\t", " ", " ", "# ", "## ", "- ", "* ", "1. ", "> ",
    "| ", ": ", "\n    code\n", "\n\tcode\n", "```python\n", "```\n", "~~~\n", "[a]: http://x \"t\"\n",
    "*[HTML]: t\n", "{:name: .x}\n", "{: .c}\n", "x\n: y\n", "\r\n", "^\n", "\n===\n", "\n---\n", " {#id}\n",
    '<div markdown="1">', 'title "t")', "\u00a0", "\u3000",
)  # fmt: skip
INDENTS = ("", "", "", "", " ", "  ", "   ", "    ", "     ", "        ", "\t", "  \t", "> ", ">> ", "> \t")
BEGINNINGS = ("", "", "", "- ", "* ", "+ ", "1. ", "12. ", "-\t", "- - ", "> ", ": ", "- > ", "-     ")
CONTENTS = (
    "a", "b *c*", "# h", "", "", "```", "~~~", "```py", ": d", "| a | b |", "|--|", "a | b", "---", "===",
    "[^1]: n", "[^1]", "[a]: u", "[a]", "{: .c}", "{:toc}", "^", "<div>", "</div>", '<div markdown="1">',
    "a  ", "a\\", "$$", "$$ x $$", "$$ x", "* * *", "*[a]: t", "{::comment}", "{:/comment}", "[ ] t",
    "{:.x} y", "<!-- c", "-->", '"q"', "`c", "c`", "<p>x", "</p>", "**b", "b**", "<b>", "</b>", "|===|", "|",
    "{:x: .y}",
)  # fmt: skip
