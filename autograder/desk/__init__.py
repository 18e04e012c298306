"""The learner's desk: what he opens beside his editor."""
