"""A page that shows every component in light and dark. Demo installations only."""
