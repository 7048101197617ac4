"""The writers of exports, a module for each format: `write(content)` gives the bytes of the file."""
