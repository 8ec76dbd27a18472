"""A YAML file as a tree of nodes that know their line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from governance.policies.packing.findings import Findings, Place
from governance.policies.packing.syntax import SyntaxFault, compose

START = Place(1, 1)
NULL = "tag:yaml.org,2002:null"

__all__ = ["NULL", "START", "Document", "MappingNode", "ScalarNode", "SequenceNode"]


@dataclass(slots=True)
class Document:
    """A file's text and what is found in it; nodes keep the places at which they were read."""

    name: str
    text: str
    findings: Findings

    def root(self) -> Any:
        """Return the outermost node; None with a finding when there is none."""
        try:
            node = compose(self.text)
        except SyntaxFault as fault:
            mark = fault.mark
            place = self._of_index(fault.index) if mark is None else Place(mark.line + 1, mark.column + 1)
            self.refuse(place, "syntax", _("不是有效的 YAML：%(problem)s。") % {"problem": fault.problem})
            return None
        if node is None:
            self.refuse(START, "empty", _("文件是空的。"))
        return node

    def refuse(self, at: Any, code: str, message: str, *, warning: bool = False) -> None:
        """Keep a finding at a node or place."""
        place = at if isinstance(at, Place) else self.place(at)
        self.findings.add(self.name, place, code, message, warning=warning)

    def place(self, node: Any, offset: int | None = None) -> Place:
        """Return where a node begins, or where the character at `offset` of its text stands in the file."""
        start = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        if offset is None or not isinstance(node, ScalarNode) or not node.value.strip():
            return start
        at = node.start_mark.index
        # Characters of the value come in this order in the file, with quotes and breaks between them.
        for count, character in enumerate(node.value[: offset + 1]):
            if character.isspace() and count < offset:
                at += self.text[at] == character  # a blank may stand for a break and an indent
                continue
            found = self.text.find(character, at, node.end_mark.index)
            if found < 0:  # written as an escape, or behind the end
                break
            at = found + 1
        else:
            end = offset >= len(node.value)  # a fault behind the last character
            return self._of_index(at if end else at - 1)
        return start

    def _of_index(self, index: int) -> Place:
        before = self.text[:index]
        return Place(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)
