"""A handout cut into its sections."""
from dataclasses import dataclass


@dataclass
class Section:
    number: str  # "3", or "" for what has none
    heading: str
    text: str


def sections(project):
    """The sections of a project's handout in their order; what stands before the first is a section too. None are lost, none without a handout."""
    path, found, fenced = project.folder / "README.md", [Section("", "", "")], False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else ():
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            number, dot, heading = line[3:].strip().partition(". ")
            found.append(Section(number, heading, "") if dot and number.isdecimal() else Section("", line[3:].strip(), ""))
        found[-1].text += line
    return found


def place(project, task):
    """Where the handout derives a task: path, section and heading."""
    heading = next((f": {s.heading}" for s in sections(project) if s.number == task.section), "")
    return f"projects/{project.folder.name}/README.md, section {task.section}{heading}"
