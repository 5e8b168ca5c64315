"""The rooms around the heart, one idea each; the heart imports none of them."""
