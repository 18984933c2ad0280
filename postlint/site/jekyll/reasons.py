"""Why Jekyll makes no page of a file that looks like a post."""

from __future__ import annotations

import enum

from postlint.findings import Text


class Reason(enum.Enum):
    NAME = "name"
    NO_EXTENSION = "no-extension"
    DRAFT = "draft"
    EXCLUDED = "excluded"
    HIDDEN = "hidden"
    FOLDER = "folder"
    FUTURE = "future"
    UNPUBLISHED = "unpublished"
    INVALID_DATE = "invalid-date"
    UNKNOWN_PLACEHOLDER = "unknown-placeholder"
    SLUG = "slug"
    DATA = "data"
    NOT_UTF8 = "not-utf8"
    UNREADABLE = "unreadable"
    LIMIT = "limit"


TEXTS = {
    Reason.NAME: Text(
        en="its name is not a date and a title (YYYY-MM-DD-title.md)",
        ko="파일 이름이 날짜와 제목(YYYY-MM-DD-title.md)이 아닙니다",
    ),
    Reason.NO_EXTENSION: Text(en="its name has no extension", ko="파일 이름에 확장자가 없습니다"),
    Reason.DRAFT: Text(en="it is a draft", ko="초안입니다"),
    Reason.EXCLUDED: Text(en="`exclude` in the configuration names it", ko="설정의 `exclude`에 있습니다"),
    Reason.HIDDEN: Text(
        en="Jekyll passes over names that begin with `.`, `_`, `#` or `~` or end with `~` or `.`",
        ko="`.`, `_`, `#`, `~`로 시작하거나 `~`, `.`으로 끝나는 이름은 Jekyll이 건너뜁니다",
    ),
    Reason.FOLDER: Text(
        en="Jekyll does not look for posts in the folder around `_posts`",
        ko="Jekyll은 이 `_posts`를 담은 폴더에서 글을 찾지 않습니다",
    ),
    Reason.FUTURE: Text(en="its date is in the future", ko="날짜가 아직 오지 않았습니다"),
    Reason.UNPUBLISHED: Text(en="its front matter says `published: false`", ko="`published: false`입니다"),
    Reason.INVALID_DATE: Text(
        en="its date cannot be read, and Jekyll ends the whole build there",
        ko="날짜를 읽을 수 없어 Jekyll의 빌드 전체가 멈춥니다",
    ),
    Reason.UNKNOWN_PLACEHOLDER: Text(
        en="its permalink asks for a placeholder that Jekyll does not have, which ends the whole build",
        ko="permalink에 Jekyll에 없는 자리표시자가 있어 빌드 전체가 멈춥니다",
    ),
    Reason.SLUG: Text(
        en="its `slug` is no text, which ends the whole build; put it in quotes",
        ko="`slug`가 문자열이 아니어서 빌드 전체가 멈춥니다. 따옴표로 감싸세요",
    ),
    Reason.DATA: Text(en="Jekyll takes a YAML file for data", ko="YAML 파일은 데이터로 읽습니다"),
    Reason.NOT_UTF8: Text(en="it is not UTF-8", ko="UTF-8이 아닙니다"),
    Reason.UNREADABLE: Text(en="it cannot be read", ko="읽을 수 없습니다"),
    Reason.LIMIT: Text(en="`limit_posts` leaves it out", ko="`limit_posts` 때문에 빠졌습니다"),
}
