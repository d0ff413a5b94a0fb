"""The test model: what a requirement says, executable, in YAML that a tester reads and writes."""
