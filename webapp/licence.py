"""The licence that stands in the data folder, as paragraphs that a page can show in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_MARKS = re.compile(r"<(https?://[^<>\s]+)>|`([^`]*)`")

Paragraph = tuple[tuple[str, bool], ...]  # pieces of text, each with whether it is in bold


@dataclass(frozen=True)
class Licence:
    """The paragraphs of the licence in Chinese and in English; empty if the data have none."""

    zh: tuple[Paragraph, ...] = ()
    en: tuple[Paragraph, ...] = ()

    def of(self, lang: str) -> tuple[Paragraph, ...]:
        """The paragraphs in `lang`; those in the other language if it has none."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


def parse_licence(text: str) -> Licence:
    """The licence of a Markdown text: headings left out, bold kept, addresses and code as plain text.

    >>> found = parse_licence("# Licence\\n\\nKeep **the\\nsource**.\\n\\n请保留来源。")
    >>> found.en, found.zh
    (((('Keep ', False), ('the source', True), ('.', False)),), ((('请保留来源。', False),),))
    """
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block and not block.startswith("#")]
    zh = [block for block in blocks if _is_chinese(block)]
    en = [block for block in blocks if not _is_chinese(block)]
    return Licence(
        zh=tuple(_paragraph("".join(line.strip() for line in block.splitlines())) for block in zh),
        en=tuple(_paragraph(" ".join(line.strip() for line in block.splitlines())) for block in en),
    )


def _is_chinese(block: str) -> bool:
    """Whether a block has more Chinese characters than words in Latin letters: English ones name things in Chinese."""
    return len(_CHINESE.findall(block)) > len(_LATIN_WORD.findall(block))


def _paragraph(block: str) -> Paragraph:
    plain = _MARKS.sub(lambda mark: mark.group(1) or mark.group(2), block)
    return tuple((piece, n % 2 == 1) for n, piece in enumerate(plain.split("**")) if piece)
