"""`python -m autograder`: sets up .venv if needed, then runs the command there. Only the standard library is imported here."""
import subprocess
import sys

from autograder import setup

if __name__ == "__main__":
    if "setup" in sys.argv[1:2] or not setup.ready():
        status = setup.install(tests="--tests" in sys.argv)
        if status or "setup" in sys.argv[1:2]:
            sys.exit(status)
    if not setup.inside():
        sys.exit(subprocess.call([str(setup.PYTHON), "-P", "-m", "autograder", *sys.argv[1:]], env=setup.environment()))
    from autograder.cli import main

    sys.exit(main())
