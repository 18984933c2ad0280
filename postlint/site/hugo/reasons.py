"""Why Hugo makes no page of a file that looks like one."""

from __future__ import annotations

import enum

from postlint.findings import Text


class Reason(enum.Enum):
    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    SECTION = "section"
    RESOURCE = "resource"
    NOT_RENDERED = "not-rendered"
    REPLACED = "replaced"
    HIDDEN = "hidden"
    IGNORED = "ignored"
    LANGUAGE = "language"
    DISABLED = "disabled"
    FRONT_MATTER = "front-matter"
    NOT_UTF8 = "not-utf8"
    UNREADABLE = "unreadable"


TEXTS = {
    Reason.DRAFT: Text(en="its front matter says `draft: true`", ko="`draft: true`입니다"),
    Reason.FUTURE: Text(en="its date is in the future", ko="날짜가 아직 오지 않았습니다"),
    Reason.EXPIRED: Text(en="its `expiryDate` has passed", ko="`expiryDate`가 지났습니다"),
    Reason.SECTION: Text(
        en="the `_index` of a folder around it is not published",
        ko="이 파일이 든 폴더의 `_index`가 게시되지 않습니다",
    ),
    Reason.RESOURCE: Text(
        en="it belongs to the bundle of the `index` beside or above it, and is no page of its own",
        ko="같은 폴더나 위 폴더의 `index`에 딸린 파일이어서 따로 페이지가 되지 않습니다",
    ),
    Reason.NOT_RENDERED: Text(
        en="its front matter says that no page is made of it (`_build`, `headless`)",
        ko="프론트 매터에 페이지로 만들지 않는다고 되어 있습니다(`_build`, `headless`)",
    ),
    Reason.REPLACED: Text(
        en="another file stands for the same page", ko="다른 파일이 같은 페이지를 대신합니다"
    ),
    Reason.HIDDEN: Text(
        en="Hugo passes over names that begin with `.` or `#` or end with `~`",
        ko="`.`, `#`로 시작하거나 `~`로 끝나는 이름은 Hugo가 건너뜁니다",
    ),
    Reason.IGNORED: Text(
        en="`ignoreFiles` in the configuration names it", ko="설정의 `ignoreFiles`에 있습니다"
    ),
    Reason.LANGUAGE: Text(
        en="the configuration does not have its language", ko="설정에 없는 언어의 파일입니다"
    ),
    Reason.DISABLED: Text(
        en="`disableKinds` in the configuration leaves it out", ko="설정의 `disableKinds` 때문에 빠졌습니다"
    ),
    Reason.FRONT_MATTER: Text(
        en="its front matter cannot be read, and Hugo ends the whole build there",
        ko="프론트 매터를 읽을 수 없어 Hugo의 빌드 전체가 멈춥니다",
    ),
    Reason.NOT_UTF8: Text(en="it is not UTF-8", ko="UTF-8이 아닙니다"),
    Reason.UNREADABLE: Text(en="it cannot be read", ko="읽을 수 없습니다"),
}
