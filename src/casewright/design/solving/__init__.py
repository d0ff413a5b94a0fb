"""Finds the data of requests: what has to be sent, and what has to be done before, for conditions to hold."""
