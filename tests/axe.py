"""axe-core on a page of the running app: what it finds against WCAG 2.1 A and AA and its own best practice."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
GRAVE = ("serious", "critical")


@cache
def _source() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def violations(page: Page, *, impacts: tuple[str, ...] = GRAVE) -> list[str]:
    """One line for each element at fault: impact, rule, element, why.

    The script comes through the debugger, not through the document, so that the policy of the page stays as it is.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_source())
    # what is still fading in or sliding has another colour or place than a moment later
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    found: dict[str, Any] = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false })", list(TAGS)
    )
    assert found["passes"], "axe looked at nothing"
    return [
        f"{rule['impact']} {rule['id']}: {' '.join(map(str, node['target']))}: {_in_line(node['failureSummary'])}"
        for rule in found["violations"]
        if rule["impact"] in impacts
        for node in rule["nodes"]
    ]


def _in_line(text: str) -> str:
    return " ".join(text.split())
