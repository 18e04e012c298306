"""Canvas: a CSV that its gradebook imports, with one column of points; students are found by Canvas' own number, else by their login."""
from autograder.renderers import gradebook


def render(records):
    """Records of one project."""
    first = records[0]
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"Project {first['number']} {first['title']}"],
            ["Points Possible", "", "", "", "", first["max_points"]],
            *([gradebook.student(r), number, "", "" if number else gradebook.student(r), "", r["points"]]
              for r in records for number in [r["submission"].get("canvas", "")])]
    return {"canvas.csv": gradebook.table(rows)}
