"""How Indonesia writes dates, for Django's forms and templates."""
