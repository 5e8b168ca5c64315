"""Pages of the book in a real browser, opened from disk, as a reader does.

The tests need Chromium. A reader who has not got it skips them; CI does not.
"""

import os
import pathlib

import pytest
from check import ROOT, missing

# Where the pages are; elsewhere while you try what isn't in docs/ yet.
DOCS = pathlib.Path(os.environ.get("BOOK", ROOT / "docs"))
OFFLINE = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--disable-sync",),
]


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright

        from weave.photograph import chromium
    except ImportError as error:
        missing(error.name)
    path = chromium()
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OFFLINE)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens a page; at the end nothing may have gone wrong or out to the network."""
    contexts, faults = [], []

    def open_page(name, width=1400, scheme="light"):
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on(
            "request", lambda r: r.url[:5] in ("file:", "data:") or faults.append(r)
        )
        page.goto(f"{DOCS.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults
