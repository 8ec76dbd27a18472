"""The identity number: the vectors of the standard, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from governance.kit import identity


@pytest.mark.parametrize(
    ("number", "born", "gender"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female"),
        ("500101200002290125", date(2000, 2, 29), "female"),
        (" 11010519491231002x ", date(1949, 12, 31), "female"),
        ("１１０１０５１９４９１２３１００２Ｘ", date(1949, 12, 31), "female"),
    ],
)
def test_numbers_that_are_right(number: str, born: date, gender: str) -> None:
    assert identity.read(identity.normalised(number)) == identity.Said(born, gender)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("440524188001010014", "identity_age"),  # the check digit is right, its holder would be of another century
        ("500101200102290122", "identity_date"),  # nor was there such a day
        ("110105194912310021", "identity_check"),
        ("11010519491231002", "identity_form"),
        ("1101051949123100２X", "identity_form"),
        ("11010549123100", "identity_form"),
        ("", "identity_form"),
    ],
)
def test_numbers_that_are_refused(number: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        identity.read(number)
    assert refused.value.code == code
    assert not number or number not in " ".join(refused.value.messages)


_BODY = r"[1-9][0-9]{5}(19[3-9][0-9]|200[0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}"


@given(st.from_regex(_BODY, fullmatch=True), st.data())
def test_one_wrong_digit_is_always_noticed(body: str, data: st.DataObject) -> None:
    number = body + identity.check_character(body)
    assert identity.read(number).gender == ("male" if int(body[16]) % 2 else "female")
    at = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    with pytest.raises(ValidationError):
        identity.read(number[:at] + other + number[at + 1 :])
