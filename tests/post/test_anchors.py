"""The ids that GitHub gives to headings."""

from __future__ import annotations

import pytest

from postlint.post.anchors import GithubIds, github_id


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Quick Start", "quick-start"),
        ("설치 및 실행", "설치-및-실행"),
        ("What's new in v2.0?", "whats-new-in-v20"),
        ("`postlint fix --unsafe`", "postlint-fix---unsafe"),
        ("snake_case stays", "snake_case-stays"),
        ("봄, 여름 & 가을", "봄-여름--가을"),
        ("Ⅳ장 ① ²", "ⅳ장--"),
        ("Ⓐ group", "ⓐ-group"),
        ("🚀 Go", "-go"),
        ("café", "café"),
        ("Tab\there", "tabhere"),
        ("?!", ""),
    ],
)
def test_letters_and_digits_stay_and_spaces_become_hyphens(heading: str, expected: str) -> None:
    assert github_id(heading) == expected


def test_the_same_heading_again_is_counted() -> None:
    ids = GithubIds()
    assert [ids.next("사용법") for _ in range(3)] == ["사용법", "사용법-1", "사용법-2"]


def test_a_count_that_is_taken_by_another_heading_is_passed_over() -> None:
    ids = GithubIds()
    assert [ids.next(heading) for heading in ("a", "a-1", "a", "a-1")] == ["a", "a-1", "a-2", "a-1-1"]


def test_each_file_counts_for_itself() -> None:
    assert GithubIds().next("a") == GithubIds().next("a")
