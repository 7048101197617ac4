"""What the operator decides, read from the environment once at start."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 8000
MAX_REVIEW_NO_LENGTH = 60  # the longest map review numbers in use have about 20 characters
MAX_ANSWER_SECONDS = 600
_NAMES = ("DATA", "STORE", "HOST", "PORT", "MAP_REVIEW_NO", "ANSWER_SECONDS")
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")


@dataclass(frozen=True)
class BadSetting:
    """One variable that cannot be used: its name, what was found and what to do, in both languages."""

    name: str
    found_en: str
    found_zh: str
    remedy_en: str
    remedy_zh: str

    def text(self, lang: str) -> str:
        """One line for the operator: Chinese for "zh", English for everything else."""
        if lang == "zh":
            return f"{self.name}：{self.found_zh} 处理：{self.remedy_zh}"
        return f"{self.name}: {self.found_en} Remedy: {self.remedy_en}"


class SettingsError(Exception):
    """The environment cannot be used; `faults` names every bad variable."""

    def __init__(self, faults: tuple[BadSetting, ...]) -> None:
        super().__init__("\n".join(fault.text("en") for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """The settings of one running atlas. `store` holds what users make; `map_review_no` is None for a working map.

    `answer_seconds` is the longest that the answer about one file of sites may take.
    """

    data: Path = Path("data")
    store: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    map_review_no: str | None = None
    answer_seconds: int = 20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings in DATA, STORE, HOST, PORT, MAP_REVIEW_NO and ANSWER_SECONDS; an empty variable counts as unset.

        SettingsError names every bad value at once, so that the operator starts again only once.

        >>> Settings.from_environment({"PORT": "8080"}).port
        8080
        """
        given = os.environ if environment is None else environment
        values = {name: given.get(name, "").strip() for name in _NAMES}
        faults = tuple(fault for fault in (_check(name, text) for name, text in values.items() if text) if fault)
        if faults:
            raise SettingsError(faults)
        return cls(
            data=Path(values["DATA"] or cls.data),
            store=Path(values["STORE"] or cls.store),
            host=values["HOST"] or cls.host,
            port=int(values["PORT"] or cls.port),
            map_review_no=values["MAP_REVIEW_NO"] or None,
            answer_seconds=int(values["ANSWER_SECONDS"] or cls.answer_seconds),
        )


def _check(name: str, text: str) -> BadSetting | None:
    if name == "PORT":
        return _check_port(text)
    if name == "HOST":
        return _check_host(text)
    if name == "MAP_REVIEW_NO":
        return _check_review_no(text)
    if name == "ANSWER_SECONDS":
        return _check_seconds(text)
    return _check_folder(name, text)


def _check_port(text: str) -> BadSetting | None:
    if re.fullmatch(r"[0-9]{1,5}", text) and int(text) <= 65535:
        return None
    return BadSetting(
        "PORT",
        f"{_quote(text)} is not a port.",
        f"{_quote(text)} 不是端口号。",
        f"give a number from 1 to 65535, such as PORT={DEFAULT_PORT}; 0 takes any free port.",
        f"填 1 到 65535 的整数，例如 PORT={DEFAULT_PORT}；填 0 则取任一空闲端口。",
    )


def _check_seconds(text: str) -> BadSetting | None:
    if re.fullmatch(r"[0-9]{1,4}", text) and 0 < int(text) <= MAX_ANSWER_SECONDS:
        return None
    return BadSetting(
        "ANSWER_SECONDS",
        f"{_quote(text)} is no time that an answer may take.",
        f"{_quote(text)} 不是可用的时限。",
        f"give whole seconds from 1 to {MAX_ANSWER_SECONDS}, such as ANSWER_SECONDS=20.",
        f"填 1 到 {MAX_ANSWER_SECONDS} 的整秒数，例如 ANSWER_SECONDS=20。",
    )


def _check_host(text: str) -> BadSetting | None:
    if _HOST.fullmatch(text):
        return None
    return BadSetting(
        "HOST",
        f"{_quote(text)} is not a host name or address.",
        f"{_quote(text)} 不是主机名或地址。",
        "give an address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for the network.",
        "填本机的地址：127.0.0.1 只供本机使用，0.0.0.0 供网络内使用。",
    )


def _check_review_no(text: str) -> BadSetting | None:
    # Category C holds control and direction marks, which could turn the notice around them.
    is_plain = all(unicodedata.category(character)[0] != "C" for character in text)
    if is_plain and len(text) <= MAX_REVIEW_NO_LENGTH:
        return None
    return BadSetting(
        "MAP_REVIEW_NO",
        f"it has {len(text)} characters, or characters that cannot be printed.",
        f"共 {len(text)} 个字符，或含不可打印的字符。",
        f"give the map review number as issued, at most {MAX_REVIEW_NO_LENGTH} characters, or leave it unset.",
        f"照原样填写审图号，不超过 {MAX_REVIEW_NO_LENGTH} 个字符；没有审图号则不设。",
    )


def _check_folder(name: str, text: str) -> BadSetting | None:
    if "\0" not in text and not Path(text).is_file():
        return None
    return BadSetting(
        name,
        f"{_quote(text)} is a file, not a folder.",
        f"{_quote(text)} 是文件，不是文件夹。",
        "give the path of a folder.",
        "填文件夹的路径。",
    )


def _quote(text: str) -> str:
    """The text as it can be printed on one line of a terminal, cut at 80 characters."""
    return ascii(text[:80])
