"""Tasks for the reader; `python -m exercises 3` checks what is written for one."""
