"""How the bodies of requests are read, and what is asked of the packages for them, one noun each."""
