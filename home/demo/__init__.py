"""The demo: nine offices of Banten, their people, one real article and ten composed ones, drawn pictures."""
