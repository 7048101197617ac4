"""How soon the map page shows and works on a cold cache, and how many bytes it takes; nothing is asserted.

    python -m tests.benchmarks.bench_first_paint --rounds 11 --path "/?lang=zh"

Every round is a new browser context without any cache. Paint: first contentful paint (PerformancePaintTiming).
Ready: the plan is loaded and its layers are drawn. Bytes: what came over the wire until the network was at rest,
headers included (Network.loadingFinished).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.running import CHROMIUM_ARGUMENTS, ROOT, chromium_path, running_atlas

SIZE = {"width": 1440, "height": 900}
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Marks the moment at which the body says that it is ready; runs before the scripts of the page.
MARK_READY = """new MutationObserver(() => {
  if (document.body?.dataset.ready === "true" && !performance.getEntriesByName("atlas-ready").length) {
    performance.mark("atlas-ready");
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });"""
READY = "() => performance.getEntriesByName('atlas-ready')[0].startTime"


def visit(browser: Browser, url: str) -> dict[str, float]:
    """One cold visit: milliseconds to paint and to ready, kilobytes, requests."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.add_init_script(MARK_READY)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(_bytes(event)))
    page.goto(url)
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_load_state("networkidle")
    found = {
        "paint ms": float(page.evaluate(FIRST_PAINT)),
        "ready ms": float(page.evaluate(READY)),
        "wire KB": sum(sizes) / 1000,
        "requests": float(len(sizes)),
    }
    context.close()
    return found


def _bytes(event: dict[str, Any]) -> float:
    return float(event["encodedDataLength"])


def main() -> None:
    """Reads the options, visits, and prints a row for each figure."""
    parser = argparse.ArgumentParser(description="Time the first visit to a page.")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--path", default="/?lang=zh")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as store,
        running_atlas(ROOT / "data", Path(store)) as atlas,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        visit(browser, f"{atlas.url}{options.path}")  # the server packs each answer once: not what a reader waits for
        visits = [visit(browser, f"{atlas.url}{options.path}") for _ in range(options.rounds)]
        browser.close()
    print(f"\n{options.path}, {options.rounds} cold visits, {SIZE['width']} x {SIZE['height']}\n")
    print(f"{'':12}{'median':>10}{'min':>10}{'max':>10}")
    for name in visits[0]:
        row = [one[name] for one in visits]
        print(f"{name:12}{statistics.median(row):10.1f}{min(row):10.1f}{max(row):10.1f}")


if __name__ == "__main__":
    main()
