"""Where the published files of an office lie."""
