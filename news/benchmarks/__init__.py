"""What Warta costs, measured on a database of its own: `manage.py bench`."""
