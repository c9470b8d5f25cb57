"""What lives as long as the application, one noun each: opened and closed by the lifespan."""
