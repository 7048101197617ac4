"""A kept context has nothing of the test before but the cache."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.contexts import Contexts
from tests.running import Atlas

STORE = """async () => {
  localStorage.setItem("left", "here");
  sessionStorage.setItem("left", "here");
  document.cookie = "left=here; max-age=1000";
  await (await caches.open("left")).put("/left", new Response("here"));
  await new Promise((done) => {
    const asked = indexedDB.open("left");
    asked.onsuccess = () => { asked.result.close(); done(); };
  });
}"""
STORED = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, await caches.keys(), await indexedDB.databases(),
  (await navigator.permissions.query({ name: "clipboard-read" })).state, navigator.onLine, window.innerWidth,
]"""
SEEN_FIRST = [0, 0, "", [], [], "prompt", True, 1440]


def test_page_sees_nothing_of_the_test_before(atlas: Atlas, contexts: Contexts, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{atlas.url}/about?lang=en", width=700)
    page.evaluate(STORE)
    assert page.evaluate(STORED)[:3] == [1, 1, "left=here"]
    page.context.grant_permissions(["clipboard-read"])
    page.context.route("**/about?*", lambda route: route.abort())
    page.emulate_media(media="print", color_scheme="dark")
    page.context.set_offline(True)
    kept = page.context
    assert contexts.empty() == []
    page = open_page(f"{atlas.url}/about?lang=en")
    assert page.context is kept
    assert page.evaluate(STORED) == SEEN_FIRST
    assert not page.evaluate("() => matchMedia('print, (prefers-color-scheme: dark)').matches")


def test_fresh_page_has_a_context_of_its_own(atlas: Atlas, contexts: Contexts, open_page: Callable[..., Page]) -> None:
    page, own = (open_page(f"{atlas.url}/about?lang=en", fresh=is_fresh) for is_fresh in (False, True))
    page.evaluate(STORE)
    assert own.evaluate(STORED) == SEEN_FIRST
    assert contexts.empty() == []
    assert page.is_closed()
    assert own.is_closed()


def test_context_that_a_test_broke_is_made_anew(
    atlas: Atlas, contexts: Contexts, open_page: Callable[..., Page]
) -> None:
    broken = open_page(f"{atlas.url}/about?lang=en", reduced_motion="reduce").context
    broken.close()
    assert len(contexts.empty()) == 1
    assert open_page(f"{atlas.url}/about?lang=en", reduced_motion="reduce").context is not broken


def test_each_set_of_options_has_its_context(atlas: Atlas, contexts: Contexts, open_page: Callable[..., Page]) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    for _ in range(2):
        page = open_page(f"{atlas.url}/about?lang=en", permissions=allowed, has_touch=True)
        assert page.evaluate(STORED)[5] == "granted"
        assert page.evaluate("() => navigator.maxTouchPoints > 0")
        assert open_page(f"{atlas.url}/about?lang=en").evaluate("() => navigator.maxTouchPoints") == 0
        assert contexts.empty() == []
