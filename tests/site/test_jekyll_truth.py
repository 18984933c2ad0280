"""Whole real blogs, held against what Jekyll makes of them. Run with -s to see the table."""

from __future__ import annotations

import difflib
import html
import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from postlint.paths import is_file
from postlint.site.jekyll.site import JekyllBlog
from tests.conftest import CORPUS

REFERENCE = CORPUS.parent / "oracle" / "jekyll_truth.rb"
EXACT = ("published", "url", "ignored")
COLUMNS = (*EXACT, "date", "title", "tags", "categories", "heading", "link", "image")

ENTITY = "the reference's HTML parser does not know this character reference, which browsers do"


class Tally:
    """How many of each column there are, how many agree, and what does not."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.same: Counter[str] = Counter()
        self.differences: list[str] = []

    def compare(self, column: str, where: str, theirs: Sequence[Any], ours: Sequence[Any]) -> None:
        self.all[column] += max(len(theirs), len(ours))
        matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
        self.same[column] += sum(block.size for block in matcher.get_matching_blocks())
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                why = reason(theirs[a:b], ours[c:d])
                self.differences.append(
                    f"{column} in {where}: {theirs[a:b]!r} is {ours[c:d]!r} to us ({why})"
                )

    def share(self, column: str) -> float:
        return self.same[column] / self.all[column] if self.all[column] else 1.0

    def row(self) -> str:
        return " ".join(f"{100 * self.share(column):>{len(column) + 2}.2f}" for column in COLUMNS)


def reason(theirs: Sequence[Any], ours: Sequence[Any]) -> str:
    """Why a difference is left."""
    texts = [one for one in (*theirs, *ours) if isinstance(one, str)]
    if texts and [html.unescape(str(one)) for one in theirs] == list(ours):
        return ENTITY
    return "not explained"


def text(value: object) -> str | None:
    """A value of Ruby's in JSON, as Ruby shows it."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def compare(blog: JekyllBlog, truth: dict[str, Any], tally: Tally) -> None:
    posts = {post.entry.path: post for post in blog.posts}
    theirs = {post["path"]: post for post in truth["posts"]}
    tally.compare("published", "the blog", sorted(theirs), sorted(posts))
    tally.compare("ignored", "the blog", sorted(truth["ignored"]), sorted(blog.ignored))
    for path, post in theirs.items():
        if path not in posts:
            continue
        facts = blog.facts(posts[path])
        tally.compare("url", path, [post["url"]], [facts.url])
        tally.compare("date", path, [post["date"]], [facts.date])
        tally.compare("title", path, [text(post["title"])], [facts.title])
        for column, ours in (("tags", facts.tags), ("categories", facts.categories)):
            tally.compare(column, path, [tuple(text(one) or "" for one in post[column] or ())], [ours])
        if post["errors"]:
            continue  # Jekyll ends the build at this post
        body = facts.body
        headings = [(heading["level"], heading["id"]) for heading in post["headings"]]
        tally.compare("heading", path, headings, [(heading.level, heading.id) for heading in body.headings])
        tally.compare("link", path, post["links"], [link.href for link in body.links])
        tally.compare("image", path, post["images"], [image.src for image in body.images])


@pytest.mark.jekyll
@pytest.mark.corpus
def test_real_blogs_become_what_jekyll_makes_of_them(corpus: Path) -> None:
    if not is_file(REFERENCE):
        pytest.skip("the reference for whole blogs is not beside the checkout")
    total = Tally()
    print(f"\n{'blog':<48} posts {' '.join(f'{column:>{len(column) + 2}}' for column in COLUMNS)}")
    for folder in sorted(corpus.iterdir()):
        answer = subprocess.run(["ruby", str(REFERENCE), str(folder)], capture_output=True, check=False)
        truth = json.loads(answer.stdout) if answer.returncode == 0 else {"posts": []}
        if not truth["posts"]:
            continue  # no blog of Jekyll's
        tally = Tally()
        compare(JekyllBlog(folder, datetime.now(UTC)), truth, tally)
        print(f"{folder.name:<48} {len(truth['posts']):>5} {tally.row()}")
        total.all += tally.all
        total.same += tally.same
        total.differences += [f"{folder.name}: {difference}" for difference in tally.differences]
    print(f"{'all':<48} {total.all['url']:>5} {total.row()}")
    print(", ".join(f"{total.all[column]:,} of {column}" for column in COLUMNS))
    print(*(total.differences or ["no difference is left"]), sep="\n")
    assert {column: total.share(column) for column in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert all(total.share(column) >= 0.999 for column in COLUMNS)
