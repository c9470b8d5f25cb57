"""A server with the shapes of the Isometric registry's API v0, under /isometric/registry/v0."""
