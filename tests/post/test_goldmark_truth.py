"""Pages that nobody would write, held against what Hugo's own Goldmark makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.post.goldmark import Goldmark, GoldmarkOptions
from postlint.post.mapped import Mapped
from postlint.post.source import Source
from postlint.site.facts import body_facts
from tests.post.random_pages import RandomPages
from tests.site.hugo_truth import HugoError, HugoPage, as_written, build, is_old

PAGES = 150
SETTINGS = {
    "as it comes": ("", GoldmarkOptions()),
    "with raw HTML": ("[markup.goldmark.renderer]\nunsafe = true\n", GoldmarkOptions(unsafe=True)),
}

pytestmark = pytest.mark.hugo


def pages_of_hugo(texts: dict[str, str], config: str, folder: Path) -> dict[str, HugoPage]:
    """What Hugo makes of each text; those at which it stops are left out."""
    root = folder / "blog"
    (root / "content").mkdir(parents=True)
    (root / "config.toml").write_text(f'baseURL = "https://blog.example/"\n{config}', encoding="utf-8")
    for name, text in texts.items():
        (root / "content" / name).write_text(f"---\ntitle: a\n---\n{text}", encoding="utf-8")
    try:
        truth = build(root, folder / "work")
    except HugoError:
        if len(texts) == 1:
            return {}
        names = sorted(texts)
        half = len(names) // 2
        parts = ({name: texts[name] for name in part} for part in (names[:half], names[half:]))
        first, second = (pages_of_hugo(part, config, folder / str(n)) for n, part in enumerate(parts))
        return first | second
    return {Path(path).name: page for path, page in truth.pages.items()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", SETTINGS)
def test_goldmark_sees_the_same_headings_links_and_images(name: str, seed: int, tmp_path: Path) -> None:
    config, options = SETTINGS[name]
    random = RandomPages(seed)
    texts = {f"p{number}.md": random.page() for number in range(PAGES)}
    engine = Goldmark(options._replace(is_old=is_old()))
    truth = pages_of_hugo(texts, config, tmp_path)
    assert len(truth) > 0.9 * PAGES
    for path, page in truth.items():
        facts = body_facts(engine.parse(Mapped.whole(texts[path])), Source(texts[path]))
        headings = [(heading.level, heading.id) for heading in facts.headings]
        assert (headings, texts[path]) == (page.headings, texts[path])
        links = [as_written(link.href) for link in facts.links]
        assert (links, texts[path]) == (page.links, texts[path])
        images = [as_written(image.src) for image in facts.images]
        assert (images, texts[path]) == (page.images, texts[path])
