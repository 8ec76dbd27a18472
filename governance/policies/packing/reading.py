"""Reads values of a pack: each reader takes a node and returns its value, or says what is wrong and returns `BAD`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.validators import slug_re
from django.utils.translation import gettext as _

from governance.kit.days import written_day
from governance.kit.measures.vocabulary import unknown
from governance.kit.texts import refused_character
from governance.policies import fitting
from governance.policies.packing.document import NULL, Document, MappingNode, ScalarNode, SequenceNode
from governance.policies.packing.findings import Place


class _Bad:
    """What could not be read; nothing is concluded from it."""


BAD: Final = _Bad()
Reader = Callable[[Document, Any], Any]
_LARGEST = 2**31 - 1
_INTEGER, _FLOAT, _TRUTH = (f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool"))


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a block: how its value is read, whether it must be there, and what an empty value means if anything."""

    read: Reader
    required: bool = False
    null: Any = None


@dataclass(slots=True)
class Block:
    """A mapping that was read. `values` holds what was given and could be read, `bad` what could not."""

    node: Any
    document: Document
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)

    def good(self, *names: str) -> bool:
        """Whether none of these was refused."""
        return self.bad.isdisjoint(names)

    def refuse(self, name: str, code: str, message: str, offset: int | None = None) -> None:
        """Keep a finding at the value of a key, or at the block where the key is not given."""
        self.document.refuse(self.at(name, offset), code, message)
        self.bad.add(name)

    def at(self, name: str, offset: int | None = None) -> Place:
        """Return where the value of a key stands, or a character of it; for a key that is not given, its block."""
        return self.document.place(self.nodes.get(name, self.node), offset)


def block(keys: Mapping[str, Key]) -> Reader:
    """Read a mapping with these keys."""

    def read(document: Document, node: Any) -> Any:
        if not isinstance(node, MappingNode):
            return _wrong(document, node, _("这里应是一组“键: 值”。"))
        found = Block(node, document)
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name not in keys:
                document.refuse(key, "unknown_key", unknown(_("键"), name, keys))
            elif name in found.nodes:
                document.refuse(key, "duplicate_key", _("键“%(name)s”写了两次。") % {"name": name})
            else:
                empty = isinstance(value, ScalarNode) and not value.value and not value.style
                found.nodes[name] = key if empty else value  # what is not written is told at its key
                _read_value(document, found, name, keys[name], value)
        for name, key in keys.items():
            if key.required and name not in found.nodes:
                found.bad.add(name)
                document.refuse(node, "missing_key", _("缺少“%(name)s”。") % {"name": name})
        return found

    return read


def _read_value(document: Document, found: Block, name: str, key: Key, node: Any) -> None:
    if node.tag == NULL:
        if key.required:
            found.bad.add(name)
            document.refuse(found.nodes[name], "blank", _("“%(name)s”没有填写。") % {"name": name})
        elif key.null is not None:
            found.values[name] = key.null
        return
    value = key.read(document, node)
    if key.required and isinstance(value, str) and not value.strip():
        found.bad.add(name)
        document.refuse(node, "blank", _("“%(name)s”没有填写。") % {"name": name})
    elif value is BAD:
        found.bad.add(name)
    else:
        found.values[name] = value


def many(read: Reader) -> Reader:
    """Read a list of different values; one that could not be read spoils the whole."""

    def read_all(document: Document, node: Any) -> Any:
        if not isinstance(node, SequenceNode):
            return _wrong(document, node, _("这里应是一个列表。"))
        values = [read(document, item) for item in node.value]
        for at, value in enumerate(values):
            if value is not BAD and value in values[:at]:
                document.refuse(node.value[at], "listed_twice", _("“%(value)s”列了两次。") % {"value": value})
                return BAD
        return BAD if BAD in values else values

    return read_all


def blocks(keys: Mapping[str, Key]) -> Reader:
    """Read a list of mappings; those that are none are told and left out."""
    read_one = block(keys)

    def read(document: Document, node: Any) -> Any:
        if not isinstance(node, SequenceNode):
            return _wrong(document, node, _("这里应是一个列表。"))
        return [found for found in (read_one(document, item) for item in node.value) if found is not BAD]

    return read


def text(longest: int | None = None) -> Reader:
    """Read a text of at most `longest` characters; without a limit it may have several lines."""

    def read(document: Document, node: Any) -> Any:
        if not isinstance(node, ScalarNode) or node.tag in (_TRUTH, NULL):
            return _wrong(document, node, _("这里应是文字。"))
        character = refused_character(node.value, lines=longest is None)
        if character:
            message = _("含有看不见的控制字符（%(character)s），请删除后再填。")
            return _refused(document, node, "control_character", message % {"character": character})
        if longest is not None and len(node.value) > longest:
            message = _("有 %(given)s 个字，不能超过 %(longest)s 个。")
            return _refused(document, node, "too_long", message % {"given": len(node.value), "longest": longest})
        return node.value

    return read


def slug(longest: int) -> Reader:
    """Read an identifier."""
    read_text = text(longest)

    def read(document: Document, node: Any) -> Any:
        value = read_text(document, node)
        if value is not BAD and not slug_re.match(value):
            return _wrong(document, node, _("标识只能用英文字母、数字、下划线和连字符。"))
        return value

    return read


def number(places: int, *, negative: bool = False) -> Reader:
    """Read a number exactly as it is written, with at most `places` decimals and 18 digits."""

    def read(document: Document, node: Any) -> Any:
        try:
            if not isinstance(node, ScalarNode) or node.tag not in (_INTEGER, _FLOAT):
                raise InvalidOperation
            value = Decimal(node.value.replace("_", ""))
        except InvalidOperation:
            return _refused(document, node, "not_a_number", _("这里应是一个数，不加引号和单位。"))
        if value < 0 and not negative:
            return _refused(document, node, "negative", _("不能小于 0。"))
        whole = 18 - places
        if abs(value) >= Decimal(10) ** whole or value != value.quantize(Decimal(1).scaleb(-places)):
            message = _("最多 %(whole)s 位整数、%(places)s 位小数。") % {"whole": whole, "places": places}
            return _refused(document, node, "too_many_digits", message)
        return value

    return read


def count(document: Document, node: Any) -> Any:
    """Read a whole number from 1 that the database can hold."""
    written = node.value if isinstance(node, ScalarNode) and node.tag == _INTEGER else ""
    if not (written.isdecimal() and 1 <= int(written[:11]) <= _LARGEST):
        return _wrong(document, node, _("这里应是从 1 起的整数。"))
    return int(node.value)


def day(document: Document, node: Any) -> Any:
    """Read a date."""
    try:
        value = written_day(node.value if isinstance(node, ScalarNode) else "")
    except ValueError:
        return _refused(document, node, "bad_date", _("日期应写成 2025-12-31 的样子，并确有这一天。"))
    reason = fitting.day_reason(value)
    return _refused(document, node, "bad_date", reason) if reason else value


def truth(document: Document, node: Any) -> Any:
    """Read true or false."""
    if not isinstance(node, ScalarNode) or node.tag != _TRUTH:
        return _wrong(document, node, _("这里应是 true 或 false。"))
    return node.value.lower() == "true"


def one_of(what: Any, code: str, known: Iterable[str], *, blank: bool = False) -> Reader:
    """Read one of listed words; `blank` allows an empty one."""
    words = tuple(known)

    def read(document: Document, node: Any) -> Any:
        if not isinstance(node, ScalarNode) or not (node.value in words or (blank and not node.value)):
            given = node.value if isinstance(node, ScalarNode) else ""
            return _refused(document, node, code, unknown(what, given, words))
        return node.value

    return read


def _wrong(document: Document, node: Any, message: str) -> _Bad:
    return _refused(document, node, "wrong_type", message)


def _refused(document: Document, node: Any, code: str, message: str) -> _Bad:
    document.refuse(node, code, message)
    return BAD
