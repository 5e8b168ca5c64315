"""python -m weave: makes docs/ and notebooks/ anew, or says what hinders it."""

import os
import pathlib
import shutil
import sys
import tempfile

from weave.book import Book
from weave.contents import ADDRESS
from weave.notebooks import notebooks

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    if ADDRESS not in (ROOT / "README.md").read_text("utf-8"):
        sys.exit(f"README.md doesn't say that the book stands at {ADDRESS}; add it")
    try:
        files = Book(ROOT).files()
    except ValueError as error:
        sys.exit(f"docs/ is as it was.  {error}")
    write(files, ROOT / "docs")
    write(notebooks(ROOT), ROOT / "notebooks")
    size = sum(map(len, files.values()))
    print(f"docs/: {len(files)} files, {size / 1e6:.2f} MB; open docs/index.html")


def write(files, target):
    """Replace the folder `target`, with all that is in it, by `files`: all or none."""
    # What a build that was killed has left behind.
    for left in target.parent.glob(".docs-*"):
        shutil.rmtree(left, ignore_errors=True)
    # In a folder beside the target, so that a rename is all that is left to do.
    with tempfile.TemporaryDirectory(prefix=".docs-", dir=target.parent) as work:
        fresh, old = pathlib.Path(work, "new"), pathlib.Path(work, "old")
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        try:
            if target.exists():
                os.rename(target, old)
            os.rename(fresh, target)
        except BaseException:
            if old.exists() and not target.exists():
                os.rename(old, target)
            raise


if __name__ == "__main__":
    main()
