"""Files that come in, read by a child process with limits, and files that go out without live formulas."""
