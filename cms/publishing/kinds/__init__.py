"""The outputs every office has, whatever is written there."""
