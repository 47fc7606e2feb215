"""E-mail about manuscripts: written with the change, sent after it, outside of any request."""
