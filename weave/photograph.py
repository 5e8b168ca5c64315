"""python -m weave.photograph: takes the pictures of pages that the README shows.

Unlike docs/, they depend on the fonts of the machine, so they are only taken on demand.
"""

import pathlib
import shutil

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
PAGES = {"page.png": "ops.html#matrix-product", "step.png": "step.html#step-20"}


def chromium():
    """The path of the system's Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1300, "height": 850})
        for name, address in PAGES.items():
            page.goto(f"{(HERE.parent / 'docs').as_uri()}/{address}")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main()
