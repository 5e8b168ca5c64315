"""The six parts of "Deep Learning From Scratch", as programs that run."""
