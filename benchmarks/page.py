"""python benchmarks/page.py: how fast programs run in a page, in Chromium.

A step of training XOR in microseconds, the best of five rounds; and for each page with
a live figure, for how long the browser was busy without a pause, at the longest, while
it was opened.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from weave import live  # noqa: E402
from weave.live import xor  # noqa: E402
from weave.photograph import chromium  # noqa: E402

STEPS, ROUNDS = 10_000, 5

# Trains from the same start in each round.
TRAIN = """text => {
  const { packed, start, feeds, steps, rounds } = JSON.parse(text);
  const program = loaded(packed);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    let state = start.map(unpacked);
    const given = feeds.map(unpacked);
    const began = performance.now();
    for (let n = 0; n < steps; n++) [, state] = program.step(state, given);
    times.push((performance.now() - began) / steps * 1000);
  }
  return Math.min(...times);
}"""

# Long tasks: what takes more than 50 ms, and blocks the page so long.
WATCH = """window.busy = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) busy.push(entry.duration);
}).observe({ type: "longtask", buffered: true });"""


def microseconds(browser):
    """How long a step of XOR takes in a page."""
    page = browser.new_page()
    for script in live.SCRIPTS:
        page.add_script_tag(path=live.FOLDER / script)
    program = xor.training(4)
    points = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    values = {"X": points, "targets": [[0.0], [1.0], [1.0], [0.0]], "rate": 1.0}
    given = {
        "packed": live.packed(program),
        "start": xor.start(0, 4),
        "feeds": [live.array(values[x.name]) for x in program.feeds],
        "steps": STEPS,
        "rounds": ROUNDS,
    }
    result = page.evaluate(TRAIN, json.dumps(given))
    page.close()
    return result


def longest(browser, path):
    """The longest task of more than 50 ms while a page is opened, or 0."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_timeout(1000)
    result = max(page.evaluate("busy"), default=0)
    page.close()
    return result


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        )
        print(f"XOR, a step: {microseconds(browser):.1f} us")
        for path in sorted((ROOT / "docs").glob("*.html")):
            text = path.read_text("utf-8")
            if 'id="live-' in text:
                size = path.stat().st_size / 1000
                busy = longest(browser, path)
                shown = f"{busy:.0f} ms" if busy else "below 50 ms"
                print(f"{path.name}: {size:.0f} kB, longest task {shown}")
        browser.close()


if __name__ == "__main__":
    main()
