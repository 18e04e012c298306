"""Submissions made of our solution with one task replaced by a wrong or an unusual answer."""
import ast
import random

from autograder.solution import definition_of, definitions, replaced, stub
from tests import author

PROJECTS = author.projects()


def answers(kind):
    """(slug, name) of every function `<task>__<what>` on the pages of that kind: misconceptions or alternatives."""
    pages = {slug: getattr(project, kind) for slug, project in PROJECTS.items()}
    return [(slug, name) for slug, page in pages.items() if page.exists() for name, _, _ in definitions(page.read_text()) if _is_answer(name)]


def submission(slug, kind, *names):
    """Our solution in which each answer of `names` takes the place of its task, under the task's name."""
    project, source = PROJECTS[slug], PROJECTS[slug].solution.read_text()
    page = definitions(getattr(project, kind).read_text())
    shared = "".join(text for known, node, text in page if not _is_answer(known) and not isinstance(node, ast.Expr))
    for name in names:
        task = name.split("__")[0]
        own = next(text for known, _, text in page if known == name).replace(name, task, 1)
        source = replaced(source, task, own, preamble=shared + "\n\n")
    return source


def students(slug, size, seed=0, kinds=100):
    """[(text, the same without the student's own comment)]: a class whose members made up to three known mistakes, of `kinds` sorts."""
    rng, known = random.Random(seed), {}
    for _, name in (answer for answer in answers("misconceptions") if answer[0] == slug):
        known.setdefault(name.split("__")[0], []).append(name)
    texts = [submission(slug, "misconceptions", *(rng.choice(known[task]) for task in rng.sample(sorted(known), rng.randrange(4)))) for _ in range(kinds)]
    return [(f"{text}\n# student {i}\n", text) for i in range(size) for text in [rng.choice(texts)]]


def uses(slug):
    """{what our solution defines: the names in its definition}."""
    return {name: {m.id for m in ast.walk(node) if isinstance(m, ast.Name)} - {name} for name, node, _ in definitions(PROJECTS[slug].solution.read_text()) if name}


def drawing(slug):
    """The tasks that draw random numbers: those with an argument `rng`."""
    return [n.name for n in ast.parse(PROJECTS[slug].solution.read_text()).body
            if isinstance(n, ast.FunctionDef) and n.name in PROJECTS[slug].tasks and "rng" in {a.arg for a in n.args.args}]


def reached(slug, task):
    """`task` and every task whose solution leads to it: what an answer in its place can change."""
    found, names = {task}, uses(slug)
    while more := {name for name, used in names.items() if used & found} - found:
        found |= more
    return found & PROJECTS[slug].tasks.keys()


def stubs(slug):
    """Our solution with every task cut to its docstring: what the starter is."""
    source = PROJECTS[slug].solution.read_text()
    for task in PROJECTS[slug].tasks:
        source = replaced(source, task, stub(definition_of(source, task)))
    return source


def half_done(slug):
    """What a learner has in the middle of a project: half of the tasks right, the next one wrong in a known way, the others not begun."""
    tasks = [*PROJECTS[slug].tasks]
    middle = len(tasks) // 2
    wrong = next(name for of, name in answers("misconceptions") if of == slug and name.split("__")[0] == tasks[middle])
    source = submission(slug, "misconceptions", wrong)
    for task in tasks[middle + 1:]:
        source = replaced(source, task, stub(definition_of(source, task)))
    return source


def _is_answer(name):
    return bool(name) and "__" in name.strip("_")
