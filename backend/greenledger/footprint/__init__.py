"""The pure footprint model `gal-footprint/1`: integers in, integers out, standard library only."""
