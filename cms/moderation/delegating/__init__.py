"""Perwakilan: an approver on leave hands their decisions to a colleague, from day to day."""
