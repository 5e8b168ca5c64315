"""The compiler: a request becomes the text that a person would have written."""
