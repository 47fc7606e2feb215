"""Answering readers: files of the published tree straight from disk, everything that lives from Django."""
