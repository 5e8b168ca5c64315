"""Weaves the sources into the pages under `docs/`: run `python -m weave`."""
