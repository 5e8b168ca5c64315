"""python -m weave.photograph: takes the pictures of pages for the README, and the card.

Unlike docs/, they depend on the fonts of the machine, so they are only taken on demand.
"""

import pathlib
import shutil

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent

# For each picture its page, and its width and height.  The card is what others show
# beside a link to the book; most want it 1200 by 630.
PAGES = {
    "card.png": ("index.html", 1200, 630),
    "front.png": ("index.html", 1300, 700),
    "page.png": ("ops.html#matrix-product", 1300, 850),
    "step.png": ("step.html#step-20", 1300, 850),
}


def chromium():
    """The path of the system's Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        page = browser.new_page()
        for name, (address, width, height) in PAGES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{(HERE.parent / 'docs').as_uri()}/{address}")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=HERE / name)
        browser.close()


if __name__ == "__main__":
    main()
