"""Every page in both languages and three sizes, as axe-core judges it: names, roles, landmarks, contrast.

Most pages share the three sizes between the two languages: what axe finds is the page's, not the words'.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.axe import GRAVE, violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
DESK, TABLET, PHONE = (1440, 900), (768, 1024), (390, 844)
SIZES = {"zh": (DESK, PHONE), "en": (TABLET, PHONE)}
MAP = ("/", "/?sel=science_island:island", "/?sel=@116.02,28.70")
SITE = "/assess#site=0~116.06,28.706;116.079,28.7045;116.0795,28.701;116.069,28.6995&use=1001"
RINGS = "/whatif?rings=300,1200,3500&year=2021"
PAGES = (
    *MAP,
    "/metrics",
    "/layers/science_island",
    "/layers/sites",
    "/sources",
    "/about",
    "/api",
    "/style",
    "/figures?theme=ecology",
    "/figures/s1_extent_area",
    "/reconcile?verdict=doubtful",
    "/trends?theme=industries",
    "/places",
    "/places/science_island:island",
    SITE,
    RINGS,
    "/sensitivity",
    "/nothing",
)
NOT_FOUND = "Failed to load resource"  # what the console says of /nothing
LIGHT_TEXT = "color: #9a9a9a; background: #fff"  # 2.8 to 1


def opened(open_page: OpenPage, url: str, path: str, lang: str) -> Page:
    """The page at rest: the map drawn, the card filled."""
    before, mark, after = path.partition("#")
    page = open_page(f"{url}{before}{'&' if '?' in path else '?'}lang={lang}{mark}{after}", expected=NOT_FOUND)
    if path == RINGS:
        page.wait_for_selector("body[data-ready=true]")
    if path in MAP:
        page.wait_for_selector("body[data-ready=true]")
        page.wait_for_selector("#atlas-map path[data-feature]", state="attached")
    if path == SITE:
        page.wait_for_selector("body[data-answer=shown]")
        page.click("#corners-part summary")
        page.click("#paste-part summary")
    elif path.startswith("/?sel=@"):
        page.wait_for_selector("#point-zone")
    elif path.startswith("/?sel="):
        page.wait_for_selector("#card-body .sec")
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_violation_at_any_size(atlas: Atlas, open_page: OpenPage, path: str, lang: str) -> None:
    page = opened(open_page, atlas.url, path, lang)
    for width, height in (DESK, TABLET, PHONE) if path in (SITE, RINGS) else SIZES[lang]:
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page, impacts=("moderate", *GRAVE)) == [], f"{width} x {height}"


@pytest.mark.parametrize(
    "path", ["/?sel=science_island:island", "/metrics", "/layers/sites", "/style", "/places/sites:yaohu_airport"]
)
def test_page_has_no_violation_in_the_dark(atlas: Atlas, open_page: OpenPage, path: str) -> None:
    page = opened(open_page, atlas.url, path, "zh")
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("color-contrast", f"document.querySelector('.lead-text').setAttribute('style', '{LIGHT_TEXT}')"),
        ("button-name", "document.querySelector('main').append(document.createElement('button'))"),
        ("html-has-lang", "document.documentElement.removeAttribute('lang')"),
        ("link-in-text-block", "document.querySelector('.lead-text a').setAttribute('style', 'text-decoration: none')"),
    ],
)
def test_spoilt_page_is_found(atlas: Atlas, open_page: OpenPage, rule: str, spoil: str) -> None:
    page = opened(open_page, atlas.url, "/api", "en")
    page.evaluate(f"() => {{ {spoil} }}")
    found = violations(page)
    assert found
    assert {line.split()[1] for line in found} == {f"{rule}:"}
