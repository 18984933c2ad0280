"""One file: read, checked, mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postlint.config.config import Config
from postlint.config.finder import Finder, read
from postlint.findings import Finding, Message, Text
from postlint.fixing import ChangedMeanwhileError, fix_text, replace_file
from postlint.paths import absolute, shown
from postlint.patterns import lazy
from postlint.post.front_matter import opening_span
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.post.unreadable import Unreadable
from postlint.registry import matches
from postlint.rule import Rule, SiteRule
from postlint.run.blogs import Blogs
from postlint.run.cache import Signature, digest
from postlint.run.checking import Surroundings, check, check_unreadable, conclude, examine, link
from postlint.run.discovery import SUFFIXES
from postlint.run.located import KnownLines, Located, locate
from postlint.run.reading import decode, encode, read_bytes
from postlint.run.remembering import Remembered, Setting
from postlint.run.request import Mode, Request
from postlint.run.results import Change, FileResult, Stamp, Unit
from postlint.site.sites import SiteFinder
from postlint.suppression import Directives

if TYPE_CHECKING:
    from postlint.site.index import SiteIndex
    from postlint.site.page_facts import PageFacts, Reference
    from postlint.web.answers import Answers

_CYCLE = Text(
    en="left as it was: the fixes of {rules} undo each other; please report this",
    ko="{rules}의 고치기가 서로를 되돌려 파일을 그대로 두었습니다. 제보해 주세요",
)
_CHANGED = Text(
    en="left as it is: another program changed it meanwhile",
    ko="그사이 다른 프로그램이 바꾸어 그대로 두었습니다",
)
_NAMED_DAY = lazy(r"\d{4}-\d{2}-\d{2}(?=-)")
_UNWRITABLE = Text(en="cannot be written: {reason}", ko="저장할 수 없습니다: {reason}")


class Linter:
    """Checks and mends files, each by its own configuration and for its own site."""

    def __init__(
        self,
        request: Request,
        indexes: Mapping[Path, SiteIndex | None] | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.answers = answers
        """What the web answered, where it has been asked."""
        self._request = request
        self._finder = Finder()
        self._sites = SiteFinder()
        self._anchors: dict[Path, frozenset[str] | None] = {}
        self._remembered = Remembered(enabled=not request.no_cache)
        self.blogs = Blogs(self._sites, self.anchors, self._remembered.index, indexes)
        self._configs: dict[Path | None, Config] = {}
        self._configs_of_paths: dict[Path, Config] = {}
        self._named: Config | None = None

    def config_for(self, path: Path) -> Config:
        """The configuration for the file or folder `path`, as the folder that it stands in has it.

        Raises ConfigError if that cannot be used.
        """
        config = self._configs_of_paths.get(path)
        if config is None:
            config = self._configs_of_paths[path] = self.config_in(absolute(path).parent)
        return config

    def config_in(self, folder: Path) -> Config:
        """The configuration for what stands in `folder`. Raises ConfigError if that cannot be used."""
        found = self._config_file(folder)
        config = self._configs.get(found.root)
        if config is None:
            config = self._configs[found.root] = found.with_command_line(
                select=self._request.select,
                ignore=self._request.ignore,
                extend_select=self._request.extend_select,
                asks_web=self._request.asking is not None,
            )
        return config

    def _config_file(self, folder: Path) -> Config:
        if self._named is None and self._request.no_config:
            self._named = Config()
        if self._named is None and self._request.config is not None:
            self._named = read(self._request.config)
        return self._named if self._named is not None else self._finder.config_in(folder)

    def leaves_out(self, path: Path) -> bool:
        """Whether a file or folder that was found, and not named, is none of the posts to check.

        Raises ConfigError if the configuration for it cannot be used.
        """
        return self.config_for(path).is_excluded(path) or self._sites.site_of(path).leaves_out(absolute(path))

    def needs_sites(self, paths: Iterable[Path]) -> bool:
        """Whether any rule that is on for `paths` asks for their sites, or whoever wants their addresses."""
        return self._wants_addresses_alone or any(
            self._heeded(self.config_for(path).enabled_for_sites, path) for path in paths
        )

    def rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules that are on for the file `path`."""
        return self._heeded(self.config_for(path).enabled, path)

    def _heeded(self, rules: tuple[Rule, ...], path: Path) -> tuple[Rule, ...]:
        ignored = self.config_for(path).ignored_for(path)
        if not ignored:
            return rules
        return tuple(rule for rule in rules if not any(matches(one, type(rule)) for one in ignored))

    def anchors(self, path: Path) -> frozenset[str] | None:
        """The anchors of the page that the file at `path` becomes; None where they cannot be known."""
        if path not in self._anchors:
            self._anchors[path] = self._read_anchors(path)
        return self._anchors[path]

    def _read_anchors(self, path: Path) -> frozenset[str] | None:
        content = read_bytes(path) if path.suffix.lower() in SUFFIXES else None
        source = decode(content) if isinstance(content, bytes) else None
        if not isinstance(source, Source):
            return None
        facts = self._facts(self.post(path, source))
        return facts.anchors if facts.is_whole else None

    def _facts(self, post: Post) -> PageFacts:
        from postlint.site.page_facts import page_facts  # only a file of a site has them

        return page_facts(post)

    def remembered(self, path: Path) -> Unit | None:
        """The file at `path` as an earlier run has examined it, if nothing has changed since."""
        record = self._remembered.unit(path, self._sites.site_of(path), self._setting(path))
        if record is None:
            return None
        from postlint.run.records import UNREADABLE, to_unit

        try:
            unit = to_unit(record, shown(path))
        except UNREADABLE:
            return None
        # A file of no site was examined without its facts if the web was not to be asked.
        return unit if unit.facts is not None or self._request.asking is None else None

    def remember(self, path: Path, unit: Unit) -> None:
        """Keeps what has been examined for a later run."""
        if (
            self._wants_addresses_alone
            or unit.stamp is None
            or any(rule.depends_on_time for rule in self._finding(path, unit))
        ):
            return
        from postlint.run.records import of_unit

        site, setting = self._sites.site_of(path), self._setting(path)
        self._remembered.keep(path, site, setting, unit.stamp, of_unit(unit))

    @property
    def _wants_addresses_alone(self) -> bool:
        """Whether no rule need be asked. What an earlier run found does as well; a later one needs more."""
        return self._request.asking is not None and self._request.asking.everything

    def _finding(self, path: Path, unit: Unit) -> Iterable[Rule]:
        """The rules that have found something in `unit`."""
        codes = {one.finding.code for one in unit.located}
        return (rule for rule in self.rules_for(path) if rule.code in codes)

    def _setting(self, path: Path) -> Setting:
        """All, beside its bytes, that what is found in a file depends on, but for its site."""
        config = self.config_for(path)
        return Setting(config.root, f"{config.fingerprint}{config.ignored_for(path)}")

    @property
    def troubles(self) -> tuple[Message, ...]:
        """Why nothing could be remembered, where nothing could."""
        return self._remembered.troubles

    def unit(self, path: Path) -> Unit | FileResult:
        """The file at `path` read and examined; a result where it cannot be read."""
        remembers = self._remembered.has_place(self._sites.site_of(path), self.config_for(path).root)
        signature = Signature.of(path) if remembers else None
        content = read_bytes(path)
        source = decode(content) if isinstance(content, bytes) else content
        if isinstance(source, Unreadable):
            return self._unreadable(path, source)
        stamp = Stamp(digest(content), signature) if remembers and isinstance(content, bytes) else None
        return self._examined(path, source)._replace(stamp=stamp)

    def unit_of(self, path: Path, content: bytes) -> Unit | None:
        """The same of a content that need not be that of the file; None where it cannot be read."""
        source = decode(content)
        return self._examined(path, source) if isinstance(source, Source) else None

    def _examined(self, path: Path, source: Source) -> Unit:
        rules = () if self._wants_addresses_alone else self.rules_for(path)
        post = self.post(path, source)
        examined = examine(post, rules)
        needs_facts = self._request.asking is not None or (
            self._sites.site_of(path).root is not None and self.needs_sites((path,))
        )
        facts = self._facts(post) if needs_facts else None
        name, directives = shown(path), tuple(examined.directives)
        spans = [directive.span for directive in directives]
        if facts is not None:
            spans += facts.spans
        return Unit(
            name,
            tuple(locate(name, source, finding) for finding in examined.findings),
            directives,
            facts,
            KnownLines.around(source, spans).lines,
        )

    def note(self, path: Path, unit: Unit) -> None:
        """Remembers what others may ask of a file that has been examined."""
        if unit.facts is not None:
            self._anchors[absolute(path)] = unit.facts.anchors if unit.facts.is_whole else None

    def linked(self, path: Path, unit: Unit) -> FileResult:
        """What there is to say of a file, once its site is known."""
        rules = self._heeded(self.config_for(path).enabled_for_linking, path)
        alone = [one.finding for one in unit.located]
        findings = alone
        if unit.facts is not None:
            findings = link(alone, unit.facts, rules, self.around(path))
        if unit.directives:
            rules = self.rules_for(path)  # which are judged by what the comments speak of
        elif findings == alone:
            return FileResult(unit.path, tuple(sorted(unit.located, key=lambda one: one.finding.sort_key)))
        lines = KnownLines(unit.lines)
        located = {id(one.finding): one for one in unit.located}
        lines_of = {one.finding.span.start: one.place.line for one in unit.located}

        def line_at(offset: int) -> int:
            return lines_of[offset] if offset in lines_of else lines.line_at(offset)

        concluded = conclude(Directives(unit.directives), findings, rules, line_at)
        return FileResult(
            unit.path,
            tuple(located.get(id(one)) or locate(unit.path, lines, one) for one in concluded),
        )

    def process(self, path: Path) -> FileResult:
        """Does what the request's mode says with the file at `path`."""
        content = read_bytes(path)
        if isinstance(content, Unreadable):
            return self._unreadable(path, content)
        result, written = self.process_content(path, content)
        if self._request.mode is Mode.FIX and result.change is not None:
            try:
                replace_file(path, content, written)
            except ChangedMeanwhileError:
                return self._unwritten(path, content, Message(_CHANGED))
            except OSError as error:
                reason = error.strerror or str(error)
                return self._unwritten(path, content, Message(_UNWRITABLE, {"reason": reason}))
        return result

    def process_content(self, path: Path, content: bytes) -> tuple[FileResult, bytes]:
        """The same with a content that need not be that of the file; the bytes are those it should have."""
        source = decode(content)
        if isinstance(source, Unreadable):
            return self._unreadable(path, source), content
        rules = self.rules_for(path)
        if self._request.mode is Mode.CHECK:
            return FileResult(shown(path), self._located(path, source, rules)), content
        fixed = fix_text(
            source.text,
            lambda text: self._found(path, Source(text, bom=source.bom), rules),
            self._request.safeties,
        )
        mended = Source(fixed.text, bom=source.bom)
        result = FileResult(
            path=shown(path),
            findings=self._located(path, mended, rules),
            applied=fixed.applied,
            change=Change(source.text, fixed.text) if fixed.text != source.text else None,
            trouble=Message(_CYCLE, {"rules": ", ".join(fixed.cycle)}) if fixed.cycle else None,
        )
        return result, encode(source, fixed.text)

    def post(self, path: Path, source: Source) -> Post:
        site = self._sites.site_of(path)
        kind = site.kind(absolute(path), has_front_matter=opening_span(source.text) is not None)
        return Post(shown(path), kind, source, site)

    def _located(self, path: Path, source: Source, rules: Sequence[Rule]) -> tuple[Located, ...]:
        return tuple(locate(shown(path), source, one) for one in self._found(path, source, rules))

    def _found(self, path: Path, source: Source, rules: Sequence[Rule]) -> list[Finding]:
        asks_site = any(isinstance(rule, SiteRule) for rule in rules)
        around = self.around(path) if asks_site or self.answers is not None else Surroundings()
        return check(self.post(path, source), rules, around)

    def around(self, path: Path) -> Surroundings:
        """What is known beside the file at `path`: its site, and what the web answered."""
        page = self.blogs.page(path)
        return Surroundings(page, self.answers, self.day_of(path) if self.answers is not None else "")

    def day_of(self, path: Path) -> str:
        """The day of the post at `path` (YYYY-MM-DD); empty where it has none."""
        page = self.blogs.page(path)
        if page is not None:
            day = page.blog.days.get(page.path)
            if day is not None:
                return day
        named = _NAMED_DAY.match(path.name)
        return named[0] if named is not None else ""

    def is_own(self, path: Path, reference: Reference) -> bool:
        """Whether `reference`, in the file at `path`, leads to the file's own site."""
        page = self.blogs.page(path)
        if page is None:
            return False
        from postlint.site.sitemap import Leads

        return page.target(reference).leads in (Leads.PAGE, Leads.NOWHERE)

    def sources(self, path: Path) -> list[Path]:
        """The files of the site that the file at `path` belongs to; itself where it belongs to none."""
        blog = self.blogs.blog(path)
        return [path] if blog is None else [Path(blog.index.root) / source for source in blog.index.urls]

    def cache_root(self, path: Path) -> Path | None:
        """The folder that keeps what is remembered of the file at `path`; None where nothing is."""
        if self._request.no_cache:
            return None
        return self._sites.site_of(path).root or self.config_for(path).root

    def _unreadable(self, path: Path, unreadable: Unreadable) -> FileResult:
        from postlint.rules.lint.unreadable_file import UnreadableFile

        # That a file was not checked is told whatever the user selects, unless it is ignored.
        config = self.config_for(path)
        rules = self._heeded(config.not_ignored, path)
        named = absolute(path) in self._request.named
        if named and not any(isinstance(rule, UnreadableFile) for rule in rules):
            # Nobody who names a path means to ignore that it is misspelt.
            rules = (*rules, UnreadableFile(severity=config.severity.get(UnreadableFile.code)))
        name, nothing = shown(path), Source("")
        findings = check_unreadable(unreadable, rules)
        return FileResult(
            name,
            tuple(locate(name, nothing, one) for one in findings),
            unread=True,
            missed=named and any(one.code == UnreadableFile.code for one in findings),
        )

    def _unwritten(self, path: Path, content: bytes, trouble: Message) -> FileResult:
        source = decode(content)
        assert isinstance(source, Source)
        located = self._located(path, source, self.rules_for(path))
        return FileResult(shown(path), located, trouble=trouble)
