"""The small language of rules: text to tree, tree to value, with a third value for what is not known."""
