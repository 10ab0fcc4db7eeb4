"""Measurements of the product, started with `bin/bench NAME`. They are not part of the package."""
