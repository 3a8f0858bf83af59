"""Office files and tables, opened with suspicion and written so that every program reads them."""
