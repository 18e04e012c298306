"""Lets plain `pytest graders/` grade the starter modules."""
from autograder.plugin import pytest_addoption, pytest_configure  # noqa: F401
