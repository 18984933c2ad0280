"""Every construct and quirk of kramdown's grammar: what is written, and what kramdown makes of it.

The trees are drawn by `sketch`; `test_truth.py` has kramdown itself confirm each of them.
"""

# ruff: noqa: E501 (a tree is one line)

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    name: str
    written: str
    tree: str
    gfm: bool = True


HEADINGS = [
    Case("a heading needs a space behind its marks with input GFM", "##제목\n", "p['##제목']"),
    Case("and none with input kramdown", "##제목\n", "h2#section['제목']", gfm=False),
    Case("one space before the marks makes text", " # 제목\n", "p['# 제목']"),
    Case("marks at the end are taken off", "## 제목 ##\n", "h2#제목['제목']"),
    Case("a line below makes a heading", "제목\n===\n\n둘째\n---\n", "h1#제목['제목'] h2#둘째['둘째']"),
    Case("but the text of an item goes on over both", "- a\n제목\n===\n", "ul[item[p['a\\n제목\\n===']]]"),
    Case(
        "an id may be written behind the heading",
        "# 제목 {#top}\n\n# 제목 {#top}",
        "h1#top['제목'] h1#top['제목']",
    ),
    Case("or in an attribute list", "# 제목\n{: #top .big}\n", "h1#top{class='big'}['제목']"),
    Case(
        "with input kramdown, the heading may stand below its mark",
        "##\n제목 a\n",
        "h2#a['\\n제목 a']",
        gfm=False,
    ),
    Case("GFM needs no blank line before a heading", "글\n# 제목\n", "p['글'] h1#제목['제목']"),
    Case("kramdown needs one", "글\n# 제목\n", "p['글\\n# 제목']", gfm=False),
]
IDS = [
    Case(
        "letters of any alphabet stay, other signs go",
        "## 주간 정리: C++ & `code_x`!\n",
        "h2#주간-정리-c--code_x['주간 정리: C++ & ' `code_x` '!']",
    ),
    Case(
        "equal headings are numbered from 1", "# 가\n# 가\n# 가\n", "h1#가['가'] h1#가-1['가'] h1#가-2['가']"
    ),
    Case(
        "each space is a dash, trailing signs leave theirs",
        "## a -  b?\n## 100% 이해\n",
        "h2#a----b['a -  b?'] h2#100-이해['100% 이해']",
    ),
    Case("the marks of emojis are word characters", "## ⚙️ 설정\n", "h2#️-설정['⚙️ 설정']"),
    Case("a heading of signs alone has no id but counts", "# !!!\n# ???\n", "h1['!!!'] h1#-1['???']"),
    Case(
        "signs that kramdown replaces do not count as letters", '# a -- b... "c"\n', "h1#a--b-c['a – b… “c”']"
    ),
    Case(
        "kramdown keeps ASCII letters from the first one on",
        "# 1. Intro & more\n\n# 주간 정리\n\n# 주간 정리\n",
        "h1#intro--more['1. Intro & more'] h1#section['주간 정리'] h1#section-1['주간 정리']",
        gfm=False,
    ),
    Case(
        "headings in HTML blocks have kramdown's ids in any case",
        '# 가\n\n<div markdown="1">\n# 가\n</div>\n',
        "h1#가['가'] <div>[h1#section['가']]",
    ),
]
PARAGRAPHS_AND_LINE_BREAKS = [
    Case("two spaces at a line's end break it", "a  \nb   \nc \nd\n", "p['a' br '\\nb' br '\\nc \\nd']"),
    Case("so do two backslashes, and with GFM one", "a\\\\\nb\\\nc\n", "p['a' br '\\nb' br '\\nc']"),
    Case("but not one with input kramdown", "a\\\nb\n", "p['a\\\\\\nb']", gfm=False),
    Case("a line that ends in nothing more than a sign goes on", "a\n1) b\n", "p['a\\n1) b']"),
    Case(
        "a list or quote ends a GFM paragraph",
        "a\n- b\n\na\n> b\n",
        "p['a'] ul[item[p['b']]] p['a'] quote[p['b']]",
    ),
    Case("but is part of a kramdown paragraph", "a\n- b\n", "p['a\\n- b']", gfm=False),
    Case(
        "what would begin a block but does not joins the paragraph before",
        "a\n```x y\nb\n",
        "p['a\\n```x y\\nb']",
    ),
]
CODE = [
    Case(
        "a fence with a language",
        "```python\nx = 1\n```\n",
        "fence(python|'x = 1\\n'){class='language-python'}",
    ),
    Case(
        "a fence whose info has a space is no block",
        '```python title="a"\nx = 1\n```\n',
        'p[`python title="a"\nx = 1\n`]',
    ),
    Case("a longer fence may end at a shorter one", "````\na\n```\n", "fence(`|'a\\n'){class='language-`'}"),
    Case(
        "tildes are fences with both inputs",
        "~~~ ruby?line=1\na\n~~~\n",
        "fence(ruby?line=1|'a\\n'){class='language-ruby'}",
        gfm=False,
    ),
    Case("backticks only with GFM", "```\na\n```\n", "p[`\na\n`]", gfm=False),
    Case("four spaces or a tab, and lines that follow without", "    a\n\n\tb\nc\n", "code('a\\n\\nb c\\n')"),
    Case(
        "an indented fence in an item keeps a part of its indent",
        "- a\n\n   ```\n   x\n   ```\n",
        "ul[item[p['a'] fence(' x\\n')]]",
    ),
    Case(
        "a code span keeps its inside", "`a *b* \\`` `` a`b `` ` a`\n", "p[`a *b* \\` ` ` ` a` 'b `` ` a`']"
    ),
    Case(
        "an attribute list may name the language",
        "    a\n{: .language-ruby}\n",
        "code('a\\n'){class='language-ruby'}",
    ),
]
LISTS = [
    Case(
        "tight and loose",
        "- a\n- b\n\n1. a\n\n2. b\n",
        "ul[item[p['a']] item[p['b']]] ol[item[p['a']] item[p['b']]]",
    ),
    Case(
        "nested by the width of the mark",
        "- a\n  - b\n    - c\n- d\n",
        "ul[item[p['a\\n'] ul[item[p['b\\n'] ul[item[p['c']]]]]] item[p['d']]]",
    ),
    Case(
        "a mark is followed by a space, a tab or a pipe",
        "-a\n\n-\ta\n\n+| a\n",
        "p['-a'] ul[item[p['a']] item[table[row[cell['a']]]]]",
    ),
    Case("`1)` is no mark", "1) a\n", "p['1) a']"),
    Case(
        "task lists",
        "- [ ] a\n- [x] b\n",
        "ul{class='task-list'}[item{class='task-list-item'}[p[<input raw>{type='checkbox' class='task-list-item-checkbox' disabled='disabled'} 'a']] item{class='task-list-item'}[p[<input raw>{type='checkbox' class='task-list-item-checkbox' disabled='disabled' checked='checked'} 'b']]]",
    ),
    Case(
        "an attribute list at an item",
        "- {: .x} a\n- b\n{: .y}\n",
        "ul{class='y'}[item{class='x'}[p['a']] item[p['b']]]",
    ),
    Case("`^` ends a list", "- a\n^\n- b\n", "ul[item[p['a']]] ul[item[p['b']]]"),
    Case("a rule ends a list behind a blank line", "* a\n\n* * *\n", "ul[item[p['a']]] rule"),
    Case("a table of contents takes the list's place", "# 가\n\n- x\n{:toc}\n", "h1#가['가'] contents"),
]
QUOTES = [
    Case("a quote goes on without its mark", "> a\nb\n\nc\n", "quote[p['a\\nb']] p['c']"),
    Case("and nests", "> a\n> > b\n> - c\n", "quote[p['a'] quote[p['b'] ul[item[p['c']]]]]"),
]
DEFINITION_LISTS = [
    Case(
        "terms and details",
        "a\nb\n: c\n: d\n\n  e\n",
        "definitions[term['a'] term['b'] details[p['c']] details[p['d\\n'] p['e']]]",
    ),
    Case(
        "terms may have ids of their own",
        "Ab c\n: d\n{: auto_ids-x}\n",
        "definitions[term{id='xab-c'}['Ab c'] details[p['d']]]",
    ),
    Case("a blank line makes paragraphs", "a\n\n: c\n", "definitions[term['a'] details[p['c']]]"),
]
TABLES = [
    Case("a pipe makes a table of a paragraph", "a | b\n", "table[row[cell['a'] cell['b']]]"),
    Case(
        "even in a formula", "$|x| and $a|b$\n", "table[row[cell['$'] cell['x'] cell['and $a'] cell['b$']]]"
    ),
    Case("but not within code or an escape", "`a|b`\n\na \\| b\n", "p[`a|b`] p['a | b']"),
    Case(
        "heads, feet, empty cells",
        "| a | b |\n|---|:-:|\n| 1 | |\n|===\n| f |\n",
        "table[row[cell['a'] cell['b']] row[cell['1'] cell] row[cell['f']]]",
    ),
    Case("a formula block is before it", "$$a|b$$\n", "display(a|b)"),
]
FORMULAS = [
    Case(
        "a block stands between blank lines", "$$\nx\n$$\n\na $$y$$ b\n", "display(x) p['a ' inline(y) ' b']"
    ),
    Case("without them it is in the line", "a\n$$\nx\n$$\n", "p['a\\n' inline(x)]"),
    Case("one dollar is text", "$a_1 + b_1$ $x_{i}*y*$\n", "p['$a_1 + b_1$ $x_{i}' em['y'] '$']"),
    Case("a backslash before a block puts it in the line", "\\$$x$$\n", "p[inline(x)]"),
]
EMPHASIS = [
    Case(
        "beside Hangul",
        '**강조(text)**은 **"말"**은 *가*나 _가_나\n',
        "p[strong['강조(text)'] '은 ' strong['“말”'] '은 ' em['가'] '나 _가_나']",
    ),
    Case("an underscore within a word is none", "a_b_ c_d 가_나_\n", "p['a_b_ c_d 가_나_']"),
    Case("but behind other signs it is", "}_{t}, y_{t}\n", "p['}' em['{t}, y'] '{t}']"),
    Case("nested and unclosed", "***a** b* **a *b** *c\n", "p[strong[em['a** b'] ' **a *b'] ' *c']"),
    Case("struck text", "~~a *b*~~ ~~ c~~ ~a~\n", "p[del['a ' em['b']] ' ~~ c~~ ~a~']"),
    Case("is text with input kramdown", "~~a~~\n", "p['~~a~~']", gfm=False),
]
LINKS_AND_IMAGES = [
    Case(
        "with title, in angle brackets, with spaces",
        '[a](http://h/c d) [b](<x y> "t") [c](x "t") [d]( y )\n',
        "p[link(http://h/c d)['a'] ' ' link(x y 't')['b'] ' ' link(x 't')['c'] ' ' link(y)['d']]",
    ),
    Case(
        "with parentheses and brackets",
        "[a](x_(y)) [b [c]](z) ![d![e](f)](g)\n",
        "p[link(x_(y))['a'] ' ' link(z)['b [c]'] ' ' image(g)('d![e](f)')]",
    ),
    Case(
        "by label",
        '[가][L] [l][] [ L ] [x][no]\n\n[l]: <http://h> "t"\n',
        "p[link(reference http://h 't')['가'] ' ' link(reference http://h 't')['l'] ' [ L ] [x][no]'] definition(l: http://h 't')",
    ),
    Case("no link within a link", "[a [b](c)](d)\n", "p[link(d)['a [b](c)']]"),
    Case(
        "an automatic link needs angle brackets",
        "<http://h/a> <a@b.c> http://h/a\n",
        "p[link(autolink http://h/a)['http://h/a'] ' ' link(autolink mailto:a@b.c)['a@b.c'] ' http://h/a']",
    ),
    Case(
        "attributes behind it",
        '[a](b){: target="_blank" .c} ![x](y){: width="3" src="z"}\n',
        "p[link(b){target='_blank' class='c'}['a'] ' ' image(z)('x'){width='3'}]",
    ),
    Case("a line may end within", '[a\nb](c\n"t")\n', "p[link(c 't')['a\\nb']]"),
    Case(
        "a definition with its title on the next line",
        '[a]\n\n[a]: b\n  "t"\n',
        "p[link(reference b 't')['a']] definition(a: b 't')",
    ),
    Case(
        "entities are what a browser reads",
        '[a](x?b&amp;c&copy=1 "&lt;")\n',
        "p[link(x?b&c&copy=1 '<')['a']]",
    ),
]
SIGNS = [
    Case(
        "quotes, dashes, ellipses",
        "\"a\" 'b' don't '80s -- --- ... << a >>\n",
        "p['“a” ‘b’ don’t ’80s – — … «\\xa0a\\xa0»']",
    ),
    Case("escapes", "\\* \\_ \\` \\# \\a \\~ \\\\\n", "p['* _ ` # \\\\a ~ \\\\']"),
    Case("entities", "&amp; &copy; &#39; &#xAC00; &nope; &\n", 'p["& © \' 가 &nope; &"]'),
    Case(
        "abbreviations",
        "HTML과 HTML5\n\n*[HTML]: Hyper Text\n",
        "p[abbreviation(Hyper Text){title='Hyper Text'}['HTML'] '과 HTML5']",
    ),
]
FOOTNOTES = [
    Case(
        "notes come at the end in order of use",
        "a[^2] b[^1] c[^3]\n\n[^1]: one\n[^2]: two\n\n    more\n[^4]: unused\n",
        "p['a' reference(2) ' b' reference(1) ' c[^3]'] note(2)[p['two'] p['more\\n[^4]: unused']] note(1)[p['one']]",
    ),
    Case(
        "a note may refer to another",
        "a[^1]\n\n[^1]: one[^2]\n[^2]: two\n",
        "p['a' reference(1)] note(1)[p['one' reference(2)]] note(2)[p['two']]",
    ),
]
HTML = [
    Case(
        "a block is left as it is, but for its tags",
        "<div class=\"x\">*a* <a href='y'>b</a>\n\n**c**</div>\nd\n",
        "<div raw>{class='x'}['*a* ' <a raw>{href='y'}['b'] '\\n\\n**c**'] p['d']",
    ),
    Case(
        "a text's tag is not",
        'a <b class="x">*c*</b> <br> <img src="i.png" />\n',
        "p['a ' <b>{class='x'}[em['c']] ' ' <br raw> ' ' <img raw>{src='i.png'}]",
    ),
    Case(
        "a name that HTML does not know swallows what follows",
        "a <Member>*b*\n\nc\n",
        "p['a ' <Member raw>['*b*']] p['c']",
    ),
    Case(
        "Markdown within",
        '<div markdown="1">\n*a*\n\n- b\n</div>\n\n<p markdown="span">*a*</p>\n',
        "<div>[p[em['a']] ul[item[p['b']]]] <p>[em['a']]",
    ),
    Case(
        "a script",
        '<script>if (a < b) { c("</p>") }</script>\n',
        "<script raw>['if (a < b) { c(\"</p>\") }']",
    ),
    Case("comments", "<!-- a\n\nb -->\nc <!-- d --> e\n", "comment p['c ' comment ' e']"),
    Case(
        "a tag at the start of a line ends a paragraph",
        "a\n<div>b</div>\nc\n",
        "p['a'] <div raw>['b'] p['c']",
    ),
    Case("unclosed, it goes to the end", "<div>\na\n\n# b\n", "<div raw>['\\na\\n\\n# b\\n']"),
    Case("a value without quotes is of letters", "a <b c=100%>d</b>\n", "p['a <b c=100%>d</b>']"),
]
EXTENSIONS = [
    Case(
        "comments and raw output",
        "{::comment}\na\n{:/comment}\n\nb {::comment}c{:/} {::nomarkdown}*d*{:/}\n",
        "comment p['b ' comment ' ' output('*d*')]",
    ),
    Case("options", '{::options auto_ids="false" /}\n\n# a\n', "h1['a']"),
    Case(
        "named lists",
        '{:n: .x #y title="t"}\n\n*a*{:n} *b*{:n .z}\n',
        "p[em{class='x' id='y' title='t'}['a'] ' ' em{class='x z' id='y' title='t'}['b']]",
    ),
    Case("a list before its block", "{: .x}\na\n", "p{class='x'}['a']"),
    Case(
        "a list counts as often as it is referred to",
        "{:a: c .a}\n{:b: c .b}\n{:c: .c t='1'}\n\n*a*{:a b t='2' c}\n",
        "p[em{class='c a c b c' t='2'}['a']]",
    ),
]

GROUPS = {
    "Headings": HEADINGS,
    "Ids": IDS,
    "Paragraphs and line breaks": PARAGRAPHS_AND_LINE_BREAKS,
    "Code": CODE,
    "Lists": LISTS,
    "Quotes": QUOTES,
    "Definition lists": DEFINITION_LISTS,
    "Tables": TABLES,
    "Formulas": FORMULAS,
    "Emphasis": EMPHASIS,
    "Links and images": LINKS_AND_IMAGES,
    "Signs": SIGNS,
    "Footnotes": FOOTNOTES,
    "HTML": HTML,
    "Extensions": EXTENSIONS,
}
