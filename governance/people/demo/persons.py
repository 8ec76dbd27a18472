"""Persons who do not exist: common names, and numbers that nobody can have.

A synthetic identity number has a division that was never given out (`NOWHERE`), so that a valid check digit and day of
birth make it readable and still nobody's; a synthetic mobile number begins with 1600, which no network has been given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from governance.kit import keyring
from governance.kit.bulkload import copy, take_keys
from governance.kit.drawing import Array, Draw
from governance.kit.identity import FEMALE, MALE, check_character
from governance.kit.pinyin import initials
from governance.people.models import Person

NOWHERE = "999999"
_COLUMNS = (
    "id", "name", "pinyin", "gender", "birth_year", "identity_number", "identity_index", "phone", "phone_index", "region_id",
)  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_MALE = "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆志建国文海峰德成永兴林庆东亮"
_FEMALE = "芳娜敏静丽艳娟霞秀燕玲桂英梅红兰凤洁琳素云莲真雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞"


@dataclass(frozen=True)
class People:
    """Rows to be loaded: where each was recorded, the years in which they are born, and whether numbers are given."""

    subject: str
    homes: Array  # keys of places
    numbered: bool = False
    first: int = 0  # the first of the numbers, which others of the same root must not be given
    born: tuple[int, int] = (1955, 2003)


def load_persons(people: People) -> Array:
    """COPY persons and return their keys in the order of the homes."""
    keys = take_keys(Person, len(people.homes))
    copy(Person, _COLUMNS, _rows(people, keys))
    return np.array(keys, dtype=np.int64)


def drawn_names(draw: Draw, count: int) -> tuple[list[str], list[bool]]:
    """Return names and which of them are women's."""
    women = draw.flags(count, 0.55).tolist()
    surnames = (draw.random.random(count) ** 1.7 * len(_SURNAMES)).astype(int).tolist()
    first, second = (draw.random.integers(0, 40, count).tolist() for _which in range(2))
    single = draw.flags(count, 0.18).tolist()
    names = []
    for number in range(count):
        given = _FEMALE if women[number] else _MALE
        last = "" if single[number] else given[second[number] % len(given)]
        names.append(_SURNAMES[surnames[number]] + given[first[number] % len(given)] + last)
    return names, women


def _rows(people: People, keys: list[int]) -> Iterator[tuple[Any, ...]]:
    draw, count = Draw(f"persons {people.subject}"), len(keys)
    names, women = drawn_names(draw, count)
    days = draw.random.integers(0, 365, count).tolist()
    years = draw.random.integers(people.born[0], people.born[1] + 1, count).tolist()
    letters: dict[str, str] = {}
    for number, (key, home) in enumerate(zip(keys, people.homes.tolist(), strict=True)):
        name, gender = names[number], FEMALE if women[number] else MALE
        pinyin = letters.get(name) or letters.setdefault(name, initials(name)[:60])
        if not people.numbered:
            yield key, name, pinyin, gender, years[number], None, None, None, None, home
            continue
        identity = drawn_identity(
            people.first + number, women[number], date(years[number], 1, 1) + timedelta(days=days[number])
        )
        phone = drawn_phone(people.first + number)
        yield (
            key, name, pinyin, gender, int(identity[6:10]),
            keyring.seal(identity, "people.person.identity_number"), keyring.index_of(identity, "identity"),
            keyring.seal(phone, "people.person.phone"), keyring.index_of(phone, "phone"), home,
        )  # fmt: skip


def drawn_phone(number: int) -> str:
    """Return a mobile number that nobody has."""
    return f"1600{number:07}"


def drawn_identity(number: int, woman: bool, born: date) -> str:
    """Return a number that is read as anybody's and can be nobody's."""
    division = str(999_999 - number // 450 % 900)  # there are too few numbers of one division and day
    body = f"{division}{born:%Y%m%d}{(number % 450) * 2 + (0 if woman else 1):03}"
    return body + check_character(body)
