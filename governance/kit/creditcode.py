"""The unified social credit code (GB 32100-2015): how it is written and how its check characters are computed.

A few codes of the pilot years are genuine and break the rule, so who records one decides with a proof, not this module.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
SHAPE = rf"^[{ALPHABET}]{{{LENGTH}}}$"
_MODULUS = 31
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalised(text: str) -> str:
    """Return a code as it is stored: narrow capitals and digits without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_written_right(code: str) -> bool:
    """Return whether a code has 18 characters of those that occur (no I, O, S, V, Z)."""
    return len(code) == LENGTH and all(character in ALPHABET for character in code)


def is_valid(code: str) -> bool:
    """Return whether a code is written right and its last character is the one computed from the others."""
    return is_written_right(code) and code[-1] == check_character(code[:-1])


def names_an_organisation(code: str) -> bool:
    """Return whether the organisation code inside (characters 9 to 17, GB 11714) has its own check character."""
    return is_written_right(code) and code[16] == organisation_check(code[8:16])


def check_character(body: str) -> str:
    """Return the 18th character for the first 17."""
    total = sum(ALPHABET.index(character) * pow(3, place, _MODULUS) for place, character in enumerate(body))
    return ALPHABET[-total % _MODULUS]


def organisation_check(body: str) -> str:
    """Return the ninth character of an organisation code for its first eight."""
    total = sum(_LETTERS.index(character) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
