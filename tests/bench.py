"""The figures, as ratios in one run: `make bench`. Each pair is run in turn, A B A B ..., after one warm-up of each."""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from autograder import manifest
from autograder.sandbox.student import Session, Student, Submission

PROJECT, RUNS = manifest.project(1), 7


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, cwd=manifest.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(manifest.ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
    return time.perf_counter() - start


def pair(title, ours, floor, goal):
    seconds(ours), seconds(floor)
    times = [(seconds(ours), seconds(floor)) for _ in range(RUNS)]
    show(title, times, goal)


def show(title, times, goal):
    ratios = sorted(a / b for a, b in times)
    a, b = (statistics.median(column) for column in zip(*times))
    print(f"{title:<62} {statistics.median(ratios):5.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f}; {a:.2f} s : {b:.2f} s; goal {goal})")


def watching(folder):
    """From a save to the verdict on the screen of `make watch-1`, beside a cold grading of the same file."""
    from tests.test_watch import KEYS, SOLUTION, WRONG, Desk, replaced
    texts, times = [replaced(SOLUTION, "mse_loss", WRONG), SOLUTION], []
    desk = Desk(folder / "copy", SOLUTION, PYTHONPATH=str(manifest.ROOT))
    desk.until(KEYS)
    for n in range(2 * RUNS):
        heard, start = len(desk.seen), time.perf_counter()
        desk.save(texts[n % 2])
        while KEYS not in desk.seen[heard:]:
            desk.hear(0.001)
        saved = time.perf_counter() - start
        times.append((saved, seconds([sys.executable, "-m", "autograder", "grade", "1", "--submission", str(desk.starter)])))
    desk.type("q"), desk.end()
    show("save to verdict in make watch-1 : make project-1", times, "0.5")


def calls():
    """Microseconds of one call through the worker, beside a direct call of the same function."""
    source = "import numpy as np\ndef f(x):\n    return np.sum(x, axis=0)\n"
    session, namespace = Session(Submission("starter/x.py", source, {}), "f"), {}
    exec(source, namespace)
    for title, argument in {"a scalar": 1.5, "a 1000 x 10 array": np.ones((1000, 10))}.items():
        worker, direct = (median_us(f, argument) for f in (Student(session).f, namespace["f"]))
        print(f"{'one call with ' + title + ', through the worker : direct':<62} {worker / direct:5.1f}  ({worker:.0f} us : {direct:.0f} us)")
        session.begin(60)
    session.close()


def median_us(f, argument, runs=300):
    f(argument)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        f(argument)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def class_(folder, size, kinds):
    """The class command against a loop of bare pytest, one process for each submission, two at a time; what it needs for `size` submissions."""
    from tests.corpus import students
    files = [folder / f"student{i}.py" for i in range(size)]
    folder.mkdir()
    for file, (text, _) in zip(files, students(PROJECT.slug, size, kinds=kinds)):
        file.write_text(text)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "autograder", "class", "1", folder, "--out", folder.with_suffix(".out"), "--jobs", "2"],
                               cwd=manifest.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    ours = 60 * size / (time.perf_counter() - start)
    assert status == 0, "the class was not graded"
    start, some = time.perf_counter(), files[:40]  # each costs the same: 40 tell the speed of 1,000
    bare = [sys.executable, "-m", "pytest", "-q", "-p", "tests.bare", "--noconftest", str(PROJECT.grader), "--bare"]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda file: seconds([*bare, str(file)]), some))
    theirs = 60 * len(some) / (time.perf_counter() - start)
    print(f"{f'a class of {size:,}, submissions a minute : bare pytest, two at a time':<62} {ours / theirs:5.2f}  "
          f"({ours:.0f} : {theirs:.0f}; goal 15; largest process {used.ru_maxrss // 1024} MiB)")


def main():
    python, grade = sys.executable, [sys.executable, "-m", "autograder", "grade", "1", "--submission"]
    bare = [python, "-m", "pytest", "-q", "-p", "tests.bare", "--noconftest", str(PROJECT.grader)]
    pair("make project-1 on the solution : bare pytest, no isolation", [*grade, str(PROJECT.solution)], bare, "1.3")
    with tempfile.TemporaryDirectory() as folder:
        from tests.corpus import stubs
        fresh = Path(folder) / f"{PROJECT.slug}.py"
        fresh.write_text(stubs(PROJECT.slug))
        pair("make project-1 on fresh stubs : import numpy, pytest", [*grade, str(fresh)], [python, "-c", "import numpy, pytest"], "3")
        watching(Path(folder))
        for size in (40, 1000):
            class_(Path(folder) / str(size), size, kinds=size)
    calls()
    print(f"{'peak memory of the largest process':<62} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024:5} MiB")


if __name__ == "__main__":
    main()
