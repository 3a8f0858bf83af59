"""Who speaks for whom: a Party or organization drafts, verifies and submits one set of comments."""
