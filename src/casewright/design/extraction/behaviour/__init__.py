"""Which operations there are, who may do them and when, and what they do to the state."""
