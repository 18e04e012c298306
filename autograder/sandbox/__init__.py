"""Runs the learner's code in a process of its own; only plain values come back."""
