"""Figures as Chinese texts print them, for the check of the ledger against its sources (tests/check_sources.py)."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ARABIC = re.compile(r"(\d+(?:\.\d+)?)[余多]?([百千万亿]*)")
CHINESE = re.compile(f"[{''.join(DIGITS)}{''.join(STEPS)}]+")
NUMERALS = frozenset(DIGITS) | frozenset(STEPS)

# What one unit of the ledger is in printed units, and the words for it. A count needs no word and bears no other unit.
UNITS: dict[str, tuple[int, re.Pattern[str] | None]] = {
    "km2": (1, re.compile("平方公里")),
    "ha": (1, re.compile("公顷")),
    "mu": (1, re.compile("亩")),
    "m2": (1, re.compile("平方米")),
    "m2_per_person": (1, re.compile("平方米")),
    "km": (1, re.compile("(?<!平方)公里")),
    "m": (1, re.compile("(?<![平方毫微厘])米")),
    "%": (1, re.compile("[%成]|半数")),
    "1e8_cny": (10**8, re.compile("(?<!美)元")),
    "1e4_cny": (10**4, re.compile("(?<!美)元")),
    "1e8_usd": (10**8, re.compile("美元")),
    "persons": (1, None),
    "count": (1, None),
}
OTHER_UNIT = re.compile("[元亩米%]|公里|公顷")
QUALIFIERS = {
    "more_than": re.compile("[超余多过]|突破|以上"),
    "about": re.compile("约|左右"),
    "nearly": re.compile("近"),
}
# The qualifiers that stand behind their number.
BEHIND = ("以上", "左右")
CLAUSE_END = re.compile("[，,。；;]")


def parse_chinese(numeral: str) -> int:
    """The value of a Chinese numeral; a step without a digit before it counts once.

    >>> parse_chinese("两"), parse_chinese("一百"), parse_chinese("三十五"), parse_chinese("千亿")
    (2, 100, 35, 100000000000)
    """
    total = section = digit = 0
    for letter in numeral:
        step = STEPS.get(letter, 0)
        if step >= 10**4:
            total = (total + section + digit or 1) * step
            section = digit = 0
        elif step:
            section += (digit or 1) * step
            digit = 0
        else:
            digit = DIGITS[letter]
    return total + section + digit


def parse_printed(printed: str) -> Decimal | None:
    """The first number of a printed text with its steps, tenths (成) and half (半数) in per cent; None if it has none.

    >>> parse_printed("49.8万人") == 498_000, parse_printed("10余平方公里") == 10, parse_printed("4万余人") == 40_000
    (True, True, True)
    >>> parse_printed("七成") == 70, parse_printed("半数") == 50, parse_printed("数据") is None
    (True, True, True)
    """
    if "半数" in printed:
        return Decimal(50)
    if found := ARABIC.search(printed):
        value = Decimal(found[1])
        for letter in found[2]:
            value *= STEPS[letter]
    elif numeral := CHINESE.search(printed):
        value = Decimal(parse_chinese(numeral[0]))
    else:
        return None
    return value * 10 if "成" in printed else value


def value_fault(value: str, unit: str, printed: str) -> str:
    """Why a value with its unit is not what is printed; empty if it is.

    >>> value_fault("498000", "persons", "49.8万人")
    ''
    >>> value_fault("231", "km2", "286平方公里")
    'printed 286 is not 231 km2'
    """
    factor, word = UNITS[unit]
    found = parse_printed(printed)
    if found is None:
        return f"no number in {printed}"
    if OTHER_UNIT.search(printed) if word is None else not word.search(printed):
        return f"{printed} does not say {unit}"
    if found != Decimal(value) * factor:
        return f"printed {found} is not {value} {unit}"
    return ""


def qualifier_fault(qualifier: str, before: str, printed: str, after: str) -> str:
    """Why a qualifier is not borne out beside the number, or one that touches it is missing; empty if all is well.

    >>> qualifier_fault("about", "约20项，总投资", "75亿元", "。")
    'about is not said beside 75亿元'
    >>> qualifier_fault("", "在校师生近", "20万人", "，")
    'nearly is said of 20万人'
    >>> qualifier_fault("", "", "3家", "。近年来")
    ''
    """
    if qualifier:
        # One such word may govern two shares, but not past the end of its clause.
        said = QUALIFIERS[qualifier].search(CLAUSE_END.split(before)[-1] + printed + after)
        return "" if said else f"{qualifier} is not said beside {printed}"
    # The other way round only what touches the number counts: further off such a word may belong to something else.
    touching = before[-2:] + printed + (after[:2] if after.startswith(BEHIND) else "")
    for code, words in QUALIFIERS.items():
        if words.search(touching):
            return f"{code} is said of {printed}"
    return ""


def is_cut(before: str, printed: str) -> bool:
    """Whether a printed number is the tail of a longer one, as 50 of 450, 5 of 1.5 or 三 of 十三.

    >>> is_cut("4", "50万"), is_cut("1.", "5项"), is_cut("有", "50万"), is_cut("十", "三个"), is_cut("", "50万")
    (True, True, False, True, False)
    """
    last = before[-1:]
    if printed[0].isdigit():
        return last.isdigit() or (last == "." and before[-2:-1].isdigit())
    return printed[0] in NUMERALS and last in NUMERALS
