"""The queue: what waits for whom, until when, and who has taken it in hand."""
