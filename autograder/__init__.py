"""The engine: it grades any project and knows the content of none."""
