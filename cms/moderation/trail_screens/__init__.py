"""The trail as people read it: the page "Jejak", its table as CSV, and the history of one article."""
