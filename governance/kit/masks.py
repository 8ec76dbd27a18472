"""What may be shown of a person without a purpose: enough to recognise whom one knows, too little to find a stranger."""

from __future__ import annotations

import re
import unicodedata

# Family names of two characters; any other name of three and more characters has one of a single character.
_NAMES = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙令狐慕容夏侯宇文长孙端木申屠司徒司空轩辕澹台公冶宗政濮阳"
    "淳于单于太叔仲孙钟离鲜于闾丘亓官司寇南宫呼延独孤拓跋完颜万俟闻人赫连东郭西门百里第五梁丘"
)
_COMPOUND = frozenset(_NAMES[at : at + 2] for at in range(0, len(_NAMES), 2))
_STAR = "*"
_NUMBER = re.compile(r"[0-9](?:[\s-]?[0-9]){10}")  # as long as a mobile number, written with blanks or hyphens or not


def holds_number(text: str) -> bool:
    """Return whether a text may hold an identity number, a phone or an account, in whatever width it is written."""
    return bool(_NUMBER.search(unicodedata.normalize("NFKC", text)))


def mask_all(text: str) -> str:
    """Return that there is something."""
    return _STAR * 6


def mask_name(name: str) -> str:
    """Return 张* for 张三, 张*三 for 张小三, 欧阳* for 欧阳修."""
    if len(name) < 2:
        return _STAR
    family = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
    given = len(name) - family
    last = name[-1] if given > 1 else ""
    return name[:family] + _STAR * (given - len(last)) + last


def mask_identity(number: str) -> str:
    """Return the first three and the last three characters of an identity number: 110************02X."""
    return number[:3] + _STAR * (len(number) - 6) + number[-3:] if len(number) > 9 else mask_all(number)


def mask_phone(number: str) -> str:
    """Return 138****8000; of a number with less than eight digits nothing."""
    if len(number) < 8:
        return mask_all(number)
    return number[:3] + _STAR * (len(number) - 7) + number[-4:]


def mask_email(address: str) -> str:
    """Return the first letter and where the mailbox is."""
    box, at, host = address.partition("@")
    return f"{box[:1]}{_STAR * 4}{at}{host}" if at else mask_all(address)


def mask_account(number: str) -> str:
    """Return the last four digits of a bank account."""
    return _STAR * (len(number) - 4) + number[-4:] if len(number) > 8 else mask_all(number)
