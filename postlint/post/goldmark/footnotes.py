"""Footnotes: numbered in the order in which the text refers to them, and put at the page's end."""

from __future__ import annotations

from postlint.post.commonmark.lines import State
from postlint.post.nodes import FootnoteDefinition, FootnoteReference, Node


def place_footnotes(state: State) -> None:
    """Number the notes, by which the page knows them (`fn:1`); one that nothing refers to is not on it."""
    if not state.footnotes:
        return
    numbers: dict[str, str] = {}
    uses: dict[str, int] = {}
    for text in state.inlines:
        for node in text.node.walk():
            if isinstance(node, FootnoteReference):
                node.name = numbers.setdefault(node.name, str(len(numbers) + 1))
                repeat = uses[node.name] = uses.get(node.name, -1) + 1
                node.attributes = {"id": f"fnref{repeat or ''}:{node.name}"}
    page = state.page
    notes: dict[str, FootnoteDefinition] = {}
    stack: list[Node] = [page]
    while stack:
        node = stack.pop()
        if any(isinstance(child, FootnoteDefinition) for child in node.children):
            for child in node.children:
                if isinstance(child, FootnoteDefinition):
                    _take(child, numbers, notes)
            node.children = [child for child in node.children if not isinstance(child, FootnoteDefinition)]
        stack.extend(reversed(node.children))
    used = sorted((int(number), note) for number, note in notes.items())
    page.children = [*page.children, *(note for _, note in used)]


def _take(note: FootnoteDefinition, numbers: dict[str, str], notes: dict[str, FootnoteDefinition]) -> None:
    number = numbers.get(note.name)
    if number is not None and number not in notes:
        note.name = number
        notes[number] = note
