"""Schema history of the usage database, oldest first in `versions`."""
