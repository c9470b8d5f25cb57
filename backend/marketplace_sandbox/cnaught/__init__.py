"""A server with the shapes of CNaught's API v1, under /cnaught/v1."""
