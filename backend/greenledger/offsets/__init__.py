"""Carbon offsets: marketplaces behind one port, and the orders placed with them."""
