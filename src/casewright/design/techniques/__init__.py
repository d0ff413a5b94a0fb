"""What is to be covered, by technique: each module lists the coverage items that it asks of a model."""
