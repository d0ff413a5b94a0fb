"""Documents in: a file of any known type becomes blocks that know their place in the original."""
