"""Who is asking: Sign-In with Ethereum and the sessions it opens."""
