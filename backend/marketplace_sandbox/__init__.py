"""A separate marketplace server for tests and rehearsals: published shapes, invented projects."""
