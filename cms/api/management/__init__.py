"""Wagtail's management API at /api/v3/: tokens only, its doors closed to whatever would go live unseen."""
