#!/usr/bin/env bash
# Gradescope runs this once, when the zip file of this folder is uploaded: a Python with the locked packages, whatever Python the machine has.
set -euo pipefail
cd "${1:-/autograder}/source/grader"
apt-get update -q
apt-get install -q -y python3-venv
python3 -m venv ../uv
../uv/bin/pip install -q uv
PATH="$PWD/../uv/bin:$PATH" python3 -m autograder setup
