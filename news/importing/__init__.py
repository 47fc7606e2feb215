"""Old news, brought in by the thousand: one JSON object per line becomes one article (docs/import.md)."""
