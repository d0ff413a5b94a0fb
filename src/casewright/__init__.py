"""Casewright turns a requirement document into test cases that a test team trusts."""
