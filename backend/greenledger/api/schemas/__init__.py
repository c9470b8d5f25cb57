"""What goes over the wire, one file per noun. Integers in base units are decimal strings."""
