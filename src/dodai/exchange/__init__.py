"""What enters and leaves the house as a file: one mapping per subject over the floors' actions."""
