"""What is refused, in which order, with which message, and on which condition."""
