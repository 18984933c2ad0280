from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Annotated

from postlint import data
from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry, Kind, Scalar
from postlint.rule import Bad, Form, Good, Rule, fix
from postlint.rules.front_matter._tags import PLURAL, SINGULAR, flow_list, tag_entries

_ONE = Text(
    en="Jekyll takes this for one value, separators and all; a list of several is `{key}: {list}`",
    ko="Jekyll은 구분 기호까지 통째로 한 값으로 읽습니다. 여럿이면 `{key}: {list}`처럼 목록으로 쓰세요",
)
_MAKE_LIST = Text(en="write it as a list: {list}", ko="목록으로 쓰기: {list}")

_DASHED = lazy(r"-[^\W\d_]")
"""An item of a list without the space behind its hyphen: YAML takes it, and the next, for one text."""
_SEPARATOR = lazy(r"\s*[,;，；、]\s*")
_JUNK = lazy(r"[^\w]+|of|the|by|to|및|그리고")
"""Words that are no tag: signs alone, and words that only join others. `for` and `in` may well be tags."""
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("「", "」"), ("『", "』"), ("“", "”"))
_LETTER = lazy(r"[^\W\d_]")
_LONGEST, _LONGEST_TEXT = 40, 500
"""Characters of a tag, and of all of them: what is longer is a sentence with a comma."""


_SeveralWords = Annotated[
    str, Form(lazy(r"\s*\S+(?:\s+\S+)+\s*"), "names of several words", "여러 낱말로 된 이름")
]


class Options(NamedTuple):
    names: tuple[_SeveralWords, ...] = ()
    except_names: tuple[_SeveralWords, ...] = ()


class _Names(NamedTuple):
    words: frozenset[tuple[str, ...]]
    """Each name, in lower case."""
    most: int
    """How many words the longest has."""

    @classmethod
    def of(cls, names: Iterable[tuple[str, ...]]) -> "_Names":
        words = frozenset(names)
        return cls(words, max(map(len, words), default=0))


class SplitTags(Rule):
    """A text for tags or categories that Jekyll splits where it should not, or does not split.

    Found is what cannot have been meant: a separator or the hyphen of a list that sticks to a tag, a
    bracket that one tag opens and another closes, a tag `of` or `&`, and names of several words that are
    known as such (`Deep Learning`). Other words with spaces between them may well be a list, which Jekyll
    allows. The option `names` adds names of several words, and `except-names` leaves some out.

    ## Why
    Jekyll splits the text of `tags` and `categories` at spaces: `tags: Deep Learning` makes a tag `Deep`
    and a tag `Learning`, and `categories` become folders of the address. The text of `tag` and `category`
    it does not split at all: `tag: SVD, PCA` is one tag with a comma in it. Readers find the post under
    neither name.

    ## Fix safety
    Unsafe: the value becomes a list, split where a separator stands or else around the known name; the
    post's address changes with its categories, and only the author knows which words belong together.
    """

    code, name, severity = "FM011", "split-tags", Severity.WARNING
    message = Text(
        en="Jekyll splits this text at its spaces, into {parts}; a list is `{key}: {list}`",
        ko="Jekyll이 공백에서 나누어 {parts}이(가) 됩니다. `{key}: {list}`처럼 목록으로 쓰세요",
    )
    doc_ko = """Jekyll이 엉뚱한 곳에서 나누거나 나누지 않는 태그와 카테고리.

    뜻했을 리 없는 것만 찾습니다. 태그에 붙은 쉼표나 목록의 하이픈, 한 태그에서 열려 다른 태그에서 닫히는
    괄호, `of`나 `&` 같은 태그, 여러 낱말로 된 이름으로 알려진 것(`Deep Learning`)입니다. 그 밖에 공백으로
    나뉜 낱말은 Jekyll이 허용하는 목록일 수 있어 넘어갑니다. 여러 낱말로 된 이름은 옵션 `names`에 더하고
    `except-names`로 뺄 수 있습니다.

    ## 이유
    Jekyll은 `tags`와 `categories`의 글을 공백에서 나눕니다. `tags: Deep Learning`은 `Deep`과 `Learning` 두
    태그가 되고, `categories`라면 주소의 폴더가 됩니다. `tag`와 `category`는 전혀 나누지 않아
    `tag: SVD, PCA`는 쉼표가 든 태그 하나가 됩니다. 독자는 어느 이름으로도 글을 찾지 못합니다.

    ## 수정 안전성
    안전하지 않음: 구분 기호나 알려진 이름을 기준으로 목록으로 바꿉니다. 카테고리가 바뀌면 글의 주소도 바뀌고,
    어느 낱말이 함께인지는 글쓴이만 압니다.
    """
    Options = Options
    examples = (
        Bad("---\ntags: ⟦Deep Learning⟧\n---\n", fixed="---\ntags: [Deep Learning]\n---\n"),
        Bad("---\ntags: ⟦SVD, PCA⟧\n---\n", fixed="---\ntags: [SVD, PCA]\n---\n"),
        Bad("---\ntags: ⟦파이썬,회고⟧\n---\n", fixed="---\ntags: [파이썬, 회고]\n---\n"),
        Bad("---\ntag: ⟦SVD, PCA⟧\n---\n", fixed="---\ntag: [SVD, PCA]\n---\n"),
        Bad('---\ncategory: ⟦"여행, 제주도"⟧\n---\n', fixed="---\ncategory: [여행, 제주도]\n---\n"),
        Bad(
            "---\ncategories: ⟦python machine learning 입문⟧\n---\n",
            fixed="---\ncategories: [python, machine learning, 입문]\n---\n",
        ),
        Bad(
            "---\ncategories: ⟦Statistics (Andrew Gelman)⟧\n---\n",
            fixed='---\ncategories: ["Statistics (Andrew Gelman)"]\n---\n',
        ),
        Bad("---\ntags: ⟦Q & A⟧\n---\n", fixed='---\ntags: ["Q & A"]\n---\n'),
        Bad("---\ntags: ⟦자료 구조⟧\n---\n", fixed="---\ntags: [자료 구조]\n---\n"),
        Bad("---\ntags:\n  ⟦-파이썬\n  -회고⟧\n---\n", fixed="---\ntags:\n  [파이썬, 회고]\n---\n"),
        Good("---\ntags: python for in with a or\n---\n"),
        Good("---\ntags: python jekyll\n---\n"),
        Good("---\ncategories: jekyll update\n---\n"),
        Good("---\ntag: Deep Learning\n---\n"),
        Good("---\ncategory: 수학 / 통계\n---\n"),
        Good("---\ncategory: 자료 구조\n---\n"),
        Good("---\ntags: [Deep Learning]\n---\n"),
        Good("---\ntags:\n  - Deep Learning\n---\n"),
        Good('---\ntags: ["Washington, D.C."]\n---\n'),
        Good("---\ntags: 딥러닝\n---\n"),
        Good("---\nkeywords: deep learning, jekyll\n---\n"),
        Good("---\ntags:\n---\n"),
        Good("---\ntag: 10,000\n---\n"),
        Bad(
            "---\ntags: ⟦서울 둘레길 걷기⟧\n---\n",
            fixed="---\ntags: [서울 둘레길, 걷기]\n---\n",
            options={"names": ["서울 둘레길"]},
        ),
        Good("---\ntags: problem solving\n---\n", options={"except-names": ["Problem Solving"]}),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        for entry in tag_entries(front_matter, post):
            yield from self._in(entry, post)

    def _in(self, entry: Entry, post: Post) -> Iterator[Finding]:
        tree = entry.tree
        if not isinstance(tree, Scalar) or tree.kind is not Kind.TEXT:
            return
        if not post.home.conventions.splits_tags:
            return
        names = _meant(entry.key, tree.text, self._names)
        if not names:
            return
        listed = flow_list(names)
        parts = ", ".join(f"`{part}`" for part in tree.text.split())
        yield self.finding(
            tree.span,
            text=_ONE if entry.key in SINGULAR or len(tree.text.split()) == 1 else None,
            fix=fix(Safety.UNSAFE, _MAKE_LIST, Edit(tree.span, listed), list=listed),
            key=entry.key,
            list=listed,
            parts=parts,
        )

    @cached_property
    def _names(self) -> _Names:
        options: Options = self.options
        if not options.names and not options.except_names:
            return _known_names()
        left_out = set(map(_words, options.except_names))
        return _Names.of((_known_names().words | set(map(_words, options.names))) - left_out)


def _meant(key: str, text: str, known: _Names) -> list[str]:
    """The names that were most likely meant, where they are not what Jekyll makes of the text."""
    if len(text) > _LONGEST_TEXT:
        return []
    words = text.split()
    if key in PLURAL and len(words) > 1 and all(map(_DASHED.match, words)):
        return [word[1:] for word in words]
    separated = [part for part in _SEPARATOR.split(text.strip()) if part]
    if len(separated) > 1 and all(len(part) <= _LONGEST and _LETTER.search(part) for part in separated):
        return separated
    if key not in PLURAL or len(words) < 2:
        return []
    if any(_is_torn(word) or _JUNK.fullmatch(word) for word in words):
        return [" ".join(words)]
    grouped = _grouped(words, known)
    return grouped if len(grouped) < len(words) else []


def _is_torn(word: str) -> bool:
    """Whether a bracket opens here and closes elsewhere."""
    return any(word.count(opening) != word.count(closing) for opening, closing in _BRACKETS)


def _grouped(words: Sequence[str], known: _Names) -> list[str]:
    """The words, those that are one name together made one."""
    names, most = known
    found: list[str] = []
    at = 0
    while at < len(words):
        count = next(
            (count for count in range(most, 1, -1) if tuple(map(str.lower, words[at : at + count])) in names),
            1,
        )
        found.append(" ".join(words[at : at + count]))
        at += count
    return found


@cache
def _known_names() -> _Names:
    groups = data.load("names_of_several_words")["group"]
    return _Names.of(_words(name) for group in groups for name in group["names"])


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.lower().split())
