"""Tasks for the reader; `python -m exercises 3` checks your work on one of them."""
