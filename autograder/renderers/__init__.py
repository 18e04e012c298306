"""The renderers of the report: FORMATS holds, by name, functions of the record that return {file name: text}."""
from autograder.renderers import page

FORMATS = {"html": page.render}
