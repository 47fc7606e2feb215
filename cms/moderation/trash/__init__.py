"""Sampah: what somebody deletes is kept, out of everybody's sight, until an operator empties it."""
