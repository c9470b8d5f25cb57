"""What happens to every request, whatever its route: plain ASGI, so that nothing is buffered twice."""
