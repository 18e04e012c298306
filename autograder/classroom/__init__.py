"""What a teacher does: hand out a project, grade a class."""
