"""What a blog, or one post of it, will become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from postlint.findings import Message, Text
from postlint.named import NamedTuple
from postlint.paths import absolute, is_file, is_folder
from postlint.site.facts import PostFacts
from postlint.site.hugo.home import HugoSite
from postlint.site.index import SiteProblem
from postlint.site.jekyll.home import JekyllSite
from postlint.site.sitemap import SiteMap, Target
from postlint.site.sites import SiteFinder

_NO_SITE = Text(
    en="there is no `_config.yml` here or above, nor a configuration of Hugo: inspect tells what Jekyll or "
    "Hugo will make of a blog",
    ko="여기와 위 폴더에 `_config.yml`도 Hugo 설정도 없습니다. inspect는 Jekyll이나 Hugo가 만들 블로그를 "
    "보여 줍니다",
)
_OTHER_SITE = Text(
    en="this blog is not made by Jekyll or Hugo, and inspect knows only what these make",
    ko="Jekyll이나 Hugo로 만드는 블로그가 아닙니다. inspect는 아직 이 둘만 압니다",
)
_NOTHING = Text(en="no such file or folder", ko="그런 파일이나 폴더가 없습니다")
_NO_JEKYLL_POST = Text(
    en="Jekyll makes no post of this: posts stand in a folder `_posts`",
    ko="Jekyll은 이것을 글로 만들지 않습니다. 글은 `_posts` 폴더에 있어야 합니다",
)
_NO_HUGO_PAGE = Text(
    en="Hugo makes no page of this: pages stand below `content`",
    ko="Hugo는 이것을 페이지로 만들지 않습니다. 페이지는 `content` 아래에 있어야 합니다",
)


class InspectionError(Exception):
    """Nothing can be told of `path`, and why."""

    def __init__(self, path: Path, message: Message) -> None:
        super().__init__(f"{path}: {message.render('en')}")
        self.path = path
        self.message = message


class Ignored(NamedTuple):
    """A file that looks like a post and becomes none."""

    path: str
    reason: Text


class InspectedPost(NamedTuple):
    """A post, and where each of its links and images leads, in their order."""

    facts: PostFacts
    refused: bool
    """Whether the engine cannot read its front matter, and publishes it as if there were none."""
    links: tuple[Target, ...]
    images: tuple[Target, ...]


class Document(Protocol):
    """A published post, to the engine that makes it."""

    @property
    def path(self) -> str:
        """Relative to the blog's sources."""

    @property
    def url(self) -> str:
        """From the site's own root, escaped."""

    @property
    def day(self) -> str:
        """As YYYY-MM-DD."""

    @property
    def refused(self) -> bool:
        """As `InspectedPost.refused`."""


class SiteSummary(NamedTuple):
    """What a site's configuration says of all its pages."""

    engine: str
    url: str
    baseurl: str
    permalink: str | Mapping[str, str]
    """By section for Hugo."""
    timezone: str | None
    markdown: str
    problems: tuple[SiteProblem, ...]


class Prediction(NamedTuple):
    """A whole blog, as its engine would make it."""

    site: SiteSummary
    sources: Path
    """The folder to which paths are relative, absolute."""
    posts: tuple[Document, ...]
    """In the order of the blog."""
    pages: tuple[Document, ...]
    """Others that can be asked for by name."""
    ignored: Mapping[str, Text]
    drafts: Mapping[str, Text]
    """Files left out that only who asks for them is told of."""
    map: SiteMap
    read: Callable[[Document], PostFacts | Text]
    """The facts of a post, or why it cannot be read any more."""
    no_post: Text
    """Why a file of the blog is none of these."""


class Inspection:
    """What becomes of the posts at a path. Paths are relative to the blog's sources."""

    def __init__(self, prediction: Prediction, posts: Iterable[Document], ignored: Iterable[Ignored]) -> None:
        self.site = prediction.site
        self.posts = tuple(posts)
        """The published posts in the order of the blog; their texts have not been read."""
        self.ignored = tuple(ignored)
        self._prediction = prediction

    def read(self, post: Document) -> InspectedPost | Ignored:
        """The post with what is on its page; or why it cannot be read any more."""
        facts = self._prediction.read(post)
        if isinstance(facts, Text):
            return Ignored(post.path, facts)
        target = self._prediction.map.target
        return InspectedPost(
            facts,
            post.refused,
            tuple(target(link.href, facts.url) for link in facts.body.links),
            tuple(target(image.src, facts.url) for image in facts.body.images),
        )


def inspect(path: Path, now: datetime | None = None) -> Inspection:
    """What an engine would make, at the moment `now`, of the posts at `path`: a file, a folder, or a blog.

    Raises InspectionError.
    """
    whole = absolute(path)
    prediction = _predict(path, now or datetime.now(UTC))

    def is_meant(source: str) -> bool:
        return (prediction.sources / source).is_relative_to(whole)

    posts = [post for post in prediction.posts if is_meant(post.path)]
    left_out = prediction.ignored
    if not is_folder(path):
        posts += [page for page in prediction.pages if is_meant(page.path)]
        left_out = {**prediction.ignored, **prediction.drafts}
    ignored = [Ignored(left, reason) for left, reason in sorted(left_out.items()) if is_meant(left)]
    if not posts and not ignored and not is_folder(path):
        raise InspectionError(path, Message(prediction.no_post if is_file(path) else _NOTHING))
    return Inspection(prediction, posts, ignored)


def _predict(path: Path, now: datetime) -> Prediction:
    whole = absolute(path)
    finder = SiteFinder()
    site = finder.site_of(whole / "index.md" if is_folder(whole) else whole)
    if isinstance(site, HugoSite):
        return _hugo(site.root, now)
    root = _jekyll_root(whole)
    if root is None:
        raise InspectionError(path, Message(_NO_SITE if is_folder(path) or is_file(path) else _NOTHING))
    if not isinstance(finder.site_of(root / "index.md"), JekyllSite):
        raise InspectionError(path, Message(_OTHER_SITE))
    return _jekyll(root, now)


def _jekyll_root(path: Path) -> Path | None:
    from postlint.site.jekyll import CONFIG_NAMES

    for folder in (path, *path.parents):
        if any(is_file(folder / name) for name in CONFIG_NAMES):
            return folder
    return None


def _jekyll(root: Path, now: datetime) -> Prediction:
    from postlint.site.jekyll.documents import LeftOutError
    from postlint.site.jekyll.reasons import TEXTS
    from postlint.site.jekyll.site import JekyllBlog

    blog = JekyllBlog(root, now)
    config = blog.config
    zone = str(config.zone) if config.zone else None
    return Prediction(
        site=SiteSummary(
            "jekyll",
            config.url,
            config.baseurl,
            config.permalink,
            zone,
            config.markdown,
            tuple(SiteProblem(*problem) for problem in config.problems),
        ),
        sources=absolute(config.root),
        posts=blog.posts,
        pages=(),
        ignored={path: TEXTS[reason] for path, reason in blog.ignored.items()},
        drafts={path: TEXTS[reason] for path, reason in blog.drafts.items()},
        map=blog.map,
        read=partial(_read, blog.facts, LeftOutError, TEXTS),
        no_post=_NO_JEKYLL_POST,
    )


def _hugo(root: Path, now: datetime) -> Prediction:
    from postlint.site.hugo.pages import LeftOutError
    from postlint.site.hugo.reasons import TEXTS
    from postlint.site.hugo.site import HugoBlog

    blog = HugoBlog(root, now)
    config = blog.config
    zone = str(config.zone)
    return Prediction(
        site=SiteSummary(
            "hugo",
            config.url,
            config.baseurl,
            config.permalinks.get("page", {}),
            zone,
            "goldmark",
            config.problems,
        ),
        sources=absolute(blog.root),
        posts=blog.posts,
        pages=blog.sections,
        ignored={path: TEXTS[reason] for path, reason in blog.ignored.items()},
        drafts={},
        map=blog.map,
        read=partial(_read, blog.facts, LeftOutError, TEXTS),
        no_post=_NO_HUGO_PAGE,
    )


def _read(
    facts: Callable[[Any], PostFacts], refusal: type[Any], texts: Mapping[Any, Text], post: Document
) -> PostFacts | Text:
    try:
        return facts(post)
    except refusal as left:
        return texts[left.reason]
