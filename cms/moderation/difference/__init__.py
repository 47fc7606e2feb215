"""What a manuscript changes of what is live, for people who decide about it."""
