"""Serta-merta: an approver publishes at once, and a second person looks at it within a day."""
