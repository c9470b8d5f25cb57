"""CNaught API v1: portfolios bought by mass, orders with an idempotency key."""
