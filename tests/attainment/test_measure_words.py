"""Every key that can be kept has words: none is shown as the program writes it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, get_args

import pytest

from governance.attainment.measurewords import key_in_words
from governance.attainment.rollup import keys as k
from governance.kit.measures import expressions as e
from governance.policies.vocabulary import vocabulary

STOCK = e.Stock("facilities", "incubator")
UNITS = k.UnitsWithValue(STOCK, e.One(), ("community",), None)
PASSING = k.UnitsPassing(UNITS, Fraction(1), False, Fraction(3))
SAID: dict[Any, str] = {
    e.One(): "当月有没有这个地区",
    STOCK: "月末在册的社会组织孵化基地",
    e.AtBaseline(k.KeptUnits("facilities"), date(2020, 12, 31)): "2020-12-31 的启用“设施”台账的村（社区）数",  # type: ignore[arg-type]
    k.KindRows("trial_sessions", "field", "ytd", 1, 3): "第 2 种的条数",
    k.UnitsWithout(STOCK, ("community",), None): "月末在册的社会组织孵化基地：没有数据的村（社区）数",
    UNITS: "自身有数值的村（社区）数",
    PASSING: "自身达到 3 的村（社区）数",
    k.UnitsPassing(UNITS, Fraction(1), True, Fraction(3)): "自身不高于 3 的村（社区）数",
    k.UnitsLacking(PASSING): "没有达到 3 的村（社区）合计还差的数",
}


@pytest.mark.parametrize("key", SAID, ids=lambda key: type(key).__name__)
def test_a_key_is_said_in_words(key: Any, db: None) -> None:
    said = key_in_words(key, vocabulary())
    assert SAID[key] in said
    assert is_dataclass(key)
    assert not any(f"{field.name}=" in said for field in fields(key))


def test_all_that_is_hidden_is_tried() -> None:
    tried = {type(key) for key in SAID} | {k.KeptUnits}
    assert set(get_args(k.Hidden)) <= tried
