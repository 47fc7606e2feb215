"""Pemeriksaan: what an article may not go out with, found by small pure functions over a plain description of it."""
