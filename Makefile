# One line each over `python -m autograder`, so that a machine without make can do the same.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; done; echo $$p)
RUN = .venv/bin/python -m autograder
MAKEFLAGS += --no-builtin-rules  # or make takes a forgotten number for a program to compile
export AUTOGRADER_SOURCE := $(SOURCE)
unexport PYTHONDONTWRITEBYTECODE  # many container images set it, and every command would compile the whole engine again

.PHONY: map help practice all-projects checkpoint report serve datasets class classroom test test-slow mutants bench
.DEFAULT_GOAL := map

map help: .venv/ready
	@$(RUN) map

.venv/ready: requirements.lock
	@$(PYTHON) -m autograder setup

.venv/ready-for-tests: .venv/ready tests/requirements.lock
	@$(PYTHON) -m autograder setup --tests

# In CI less than full points fails; at a person's terminal an unfinished project is no error of make's.
project-%: .venv/ready
	@$(RUN) grade $* $(if $(TASK),--task $(TASK)) $(if $(ALL),--all) $(if $(IN_PROCESS),--in-process) $(if $(SEED),--seed $(SEED)) || [ $$? -eq 1 -a -z "$$CI" ]

# Problems by hand, with fresh numbers: make practice PROJECT=4
practice: .venv/ready
	@$(RUN) practice $(PROJECT) $(if $(FAMILY),--family $(FAMILY))

all-projects: .venv/ready
	@$(RUN) all $(if $(SUBMISSIONS),--submissions $(SUBMISSIONS)) || [ $$? -eq 1 -a -z "$$CI" ]

checkpoint: .venv/ready
	@$(RUN) checkpoint

hint-%: .venv/ready
	@$(RUN) hint $* $(TASK)

solution-%: .venv/ready
	@$(RUN) solution $* $(TASK) $(if $(GIVE_UP),--give-up)

reset-%: .venv/ready
	@$(RUN) reset $* $(TASK)

watch-%: .venv/ready
	@$(RUN) watch $*

notebook-%: .venv/ready
	@$(RUN) notebook $*

# In build/: a project's picture from your own functions; your page; your page on http://127.0.0.1:8000, following each grading.
picture-%: .venv/ready
	@$(RUN) picture $* $(if $(OUT),--out $(OUT)) || [ $$? -eq 1 -a -z "$$CI" ]

report: .venv/ready
	@$(RUN) report $(if $(OUT),--out $(OUT))

serve: .venv/ready
	@$(RUN) serve $(if $(PORT),--port $(PORT))

# A folder of submissions: make class PROJECT=1 SUBMISSIONS=dir
class: .venv/ready
	@$(RUN) class "$(PROJECT)" "$(SUBMISSIONS)" $(if $(OUT),--out "$(OUT)") $(if $(JOBS),--jobs $(JOBS)) $(if $(CLUSTER),--cluster $(CLUSTER)) || [ $$? -eq 1 -a -z "$$CI" ]

datasets: .venv/ready
	@$(RUN) datasets $(if $(SOURCE),--source $(SOURCE))

# The student template and the teacher's bundle: make classroom PROJECT=1
classroom: .venv/ready
	@$(RUN) classroom "$(PROJECT)" $(if $(OUT),--out "$(OUT)") $(if $(WITH_MISCONCEPTIONS),--with-misconceptions)

tests/requirements.lock:
	@$(PYTHON) -m autograder setup --tests

test: .venv/ready-for-tests
	@.venv/bin/python -m pytest -q -n auto --dist worksteal -m "not slow" $(ARGS)

test-slow: .venv/ready-for-tests
	@.venv/bin/python -m pytest -q -n auto --dist worksteal $(ARGS)

# The slips in our own solution that no check notices: make mutants PROJECT=4
mutants: .venv/ready-for-tests
	@.venv/bin/python -m tests.mutants "$(PROJECT)" $(TASK)

bench: .venv/ready-for-tests
	@.venv/bin/python -m tests.bench
