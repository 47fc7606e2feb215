"""Erasure: somebody's personal data leaves all that moderation keeps of a page, and what was done stays provable."""
