"""The command line. `main` holds the commands; everything heavy is imported when a command runs."""
