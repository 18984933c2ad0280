"""What a blog, or one post of it, will become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from postlint.findings import Message, Text
from postlint.paths import absolute, is_file, is_folder
from postlint.site.facts import PostFacts
from postlint.site.jekyll.config import FILE_NAMES
from postlint.site.jekyll.documents import Document, LeftOutError
from postlint.site.jekyll.reasons import TEXTS
from postlint.site.jekyll.site import JekyllBlog
from postlint.site.sitemap import Target
from postlint.site.sites import JekyllSite, SiteFinder

_NO_SITE = Text(
    en="there is no `_config.yml` here or above: inspect tells what Jekyll will make of a blog",
    ko="여기와 위 폴더에 `_config.yml`이 없습니다. inspect는 Jekyll이 만들 블로그를 보여 줍니다",
)
_OTHER_SITE = Text(
    en="this blog is not made by Jekyll, and inspect knows only what Jekyll makes",
    ko="Jekyll로 만드는 블로그가 아닙니다. inspect는 아직 Jekyll만 압니다",
)
_NOTHING = Text(en="no such file or folder", ko="그런 파일이나 폴더가 없습니다")
_NO_POST = Text(
    en="Jekyll makes no post of this: posts stand in a folder `_posts`",
    ko="Jekyll은 이것을 글로 만들지 않습니다. 글은 `_posts` 폴더에 있어야 합니다",
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
    """Whether Jekyll cannot read its front matter, and publishes it as if there were none."""
    links: tuple[Target, ...]
    images: tuple[Target, ...]


class Inspection:
    """What becomes of the posts at a path. Paths are relative to the blog's sources."""

    def __init__(self, blog: JekyllBlog, posts: Sequence[Document], ignored: Sequence[Ignored]) -> None:
        self.blog = blog
        self.posts = tuple(posts)
        """The published posts in the order of the blog; their texts have not been read."""
        self.ignored = tuple(ignored)

    def read(self, post: Document) -> InspectedPost | Ignored:
        """The post with what is on its page; or why it cannot be read any more."""
        try:
            facts = self.blog.facts(post)
        except LeftOutError as left:
            return Ignored(post.entry.path, TEXTS[left.reason])
        target = self.blog.map.target
        return InspectedPost(
            facts,
            post.refused,
            tuple(target(link.href, facts.url) for link in facts.body.links),
            tuple(target(image.src, facts.url) for image in facts.body.images),
        )


def inspect(path: Path, now: datetime | None = None) -> Inspection:
    """What Jekyll would make, at the moment `now`, of the posts at `path`: a file, a folder, or a whole blog.

    Raises InspectionError.
    """
    whole = absolute(path)
    root = _root(whole)
    if root is None:
        raise InspectionError(path, Message(_NO_SITE if is_folder(path) or is_file(path) else _NOTHING))
    if not isinstance(SiteFinder().site_of(root / FILE_NAMES[0]), JekyllSite):
        raise InspectionError(path, Message(_OTHER_SITE))
    blog = JekyllBlog(root, now or datetime.now(UTC))
    sources = absolute(blog.config.root)
    posts = [post for post in blog.posts if (sources / post.entry.path).is_relative_to(whole)]
    left_out = blog.ignored if is_folder(path) else {**blog.ignored, **blog.drafts}
    ignored = [
        Ignored(left, TEXTS[reason])
        for left, reason in sorted(left_out.items())
        if (sources / left).is_relative_to(whole)
    ]
    if not posts and not ignored and not is_folder(path):
        raise InspectionError(path, Message(_NO_POST if is_file(path) else _NOTHING))
    return Inspection(blog, posts, ignored)


def _root(path: Path) -> Path | None:
    for folder in (path, *path.parents):
        if any(is_file(folder / name) for name in FILE_NAMES):
            return folder
    return None
