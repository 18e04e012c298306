"""The autograder of one assignment for Classroom 50, which starts it in the student's checkout. Standard library, Python 3.11 to 3.14.

It lies in the bundle as autograder.py, beside grader/, a small checkout of the engine with one project, and packages.lock.
Of the student's files only the starter module (or the notebook) is read. No setting or secret of the runner goes further than this process.
"""
import datetime
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
GRADER = HERE / "grader"
LAYERS = "landlock,seccomp"  # every GitHub-hosted Linux runner has both; without them nothing is run and nothing graded
PRIVATE = re.compile(r"^(GITHUB|ACTIONS|RUNNER)_|TOKEN|SECRET|PASSWORD|CREDENTIAL")


def main():
    """Grade, leave the results in the checkout, and say how it went; 0 unless we could not even do that."""
    checkout = Path.cwd()
    public = {k: v for k, v in os.environ.items() if not PRIVATE.search(k)}
    number = next((GRADER / "projects").glob("[0-9]*-*")).name.split("-")[0]
    with tempfile.TemporaryDirectory() as out:
        try:
            done = subprocess.run(
                [interpreter(public), "-P", "-m", "autograder", "grade", number, "--submission", checkout, "--require-isolation", LAYERS,
                 "--seed", str(secrets.randbelow(10**6)),  # known answers to known numbers are no answers
                 "--format", "classroom50,annotations", "--out", out],
                cwd=GRADER, env={**public, "PYTHONPATH": str(GRADER)}, stderr=subprocess.PIPE, text=True)
            graded, sentence = done.returncode in (0, 1), " ".join(done.stderr.split())
        except subprocess.CalledProcessError as e:
            graded, sentence = False, f"The locked packages could not be installed: {(e.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        files = {p.name: p.read_text("utf-8") for p in Path(out).iterdir()} if graded else nothing(f"Not graded: {sentence}")
    print(files["annotations.txt"], end="")
    for name in ("result.json", "release-body.md"):
        if (checkout / name).is_dir() and not (checkout / name).is_symlink():
            shutil.rmtree(checkout / name)
        (checkout / name).unlink(missing_ok=True)  # a link of the student's would lead elsewhere
        with open(checkout / name, "x", encoding="utf-8") as f:
            f.write(files[name])
    if output := os.environ.get("GITHUB_OUTPUT"):
        with open(output, "a", encoding="utf-8") as f:
            f.write(files["classroom50-output.txt"])


def interpreter(environment):
    """A Python that has the locked packages: this one, or one made here, which takes a network and some seconds."""
    sys.path[0] = str(GRADER)
    from autograder import setup
    if setup.ready():
        return sys.executable
    venv.create(HERE / "env", with_pip=True)
    python = HERE / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-P", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes",
                    "-r", HERE / "packages.lock"], cwd=HERE, env=environment, check=True, capture_output=True, text=True)
    return python


def nothing(sentence):
    """The files that say that there is no grade: 0 of 0 points."""
    said = lambda *names: next(filter(None, map(os.environ.get, names)), "")
    result = {"schema": "classroom50/result/v1", "classroom": said("CLASSROOM"), "assignment": said("ASSIGNMENT"),
              "assignment_type": said("ASSIGNMENT_TYPE") or "individual", "owner": said("OWNER", "USERNAME"), "submission": said("SUBMISSION_TAG"),
              "commit": said("COMMIT_URL"), "release": said("RELEASE_URL"), "review": said("REVIEW_URL", "COMMIT_URL"),
              "datetime": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "score": 0, "max-score": 0, "tests": []}
    return {"result.json": json.dumps(result, indent=1) + "\n", "release-body.md": sentence + "\n", "annotations.txt": f"::error::{sentence}\n",
            "classroom50-output.txt": f"status=error\nsummary={sentence[:140]}\n"}


if __name__ == "__main__":
    main()
