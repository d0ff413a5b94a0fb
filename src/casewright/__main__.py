"""`python -m casewright` is `casewright`."""

from casewright.cli.main import run

if __name__ == "__main__":
    run()
