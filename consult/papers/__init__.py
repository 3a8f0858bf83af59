"""Drafts and compilations as documents: Word, PDF, plain text, Markdown, HTML."""
