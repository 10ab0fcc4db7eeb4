"""The rules, one module per letter. A rule reads a sentence and leaves marks; the wording comes later."""
