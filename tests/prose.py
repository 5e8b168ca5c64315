"""The prose of a page, as pycco reads it from a source."""

from check import ROOT

from weave.source import script_sections, sections


def prose(source):
    """The prose of a page, each line at its place in the file as far as can be."""
    text = (ROOT / source).read_text("utf-8")
    if source.endswith(".md"):
        return text
    read = script_sections if source.endswith(".js") else sections
    parts = read(text, source)
    return "\n".join(f"{part.comment}\n{part.docstring}\n" for part in parts)
