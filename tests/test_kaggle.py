"""The real Kaggle client against a Kaggle that misbehaves: proved data or one sentence, in time, and no litter.

Every run starts the client (about a second), so a scenario has one run.
"""

import hashlib
import importlib.util
import io
import os
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder.catalogue import find, fingerprint, load, parse, prove
from autograder.kaggle import datasets_command
from tests.fake_kaggle import fake_kaggle

if importlib.util.find_spec("kaggle") is None:   # looked up, not imported: its import may ask the network
    pytest.skip("the official client is not installed", allow_module_level=True)

DATA = b"mpg,car name\n" + b"".join(b'%d,"car no. %d"\n' % (n % 7 + 10, n) for n in range(200))
KAGGLES = DATA.replace(b"\n", b"\r\n").replace(b'"', b"").replace(b"\n16,", b"\n16.0,")   # equal values, other bytes
PAGE = """
[datasets.{name}]
file = "{name}.csv"
rows = 200
columns = 2
licence = "CC0-1.0"
source = "made up"
changes = "none"
sha256 = "{sha256}"
fingerprint = "{fingerprint}"
kaggle = "owner/{name}"
kaggle_file = "demo.csv"
{more}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A catalogue with one set, no cache, and a user without credentials and without a network."""
    for name in os.environ:
        if name.startswith("KAGGLE_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home, folder = tmp_path / "home", tmp_path / "datasets"
    home.mkdir()
    folder.mkdir()
    for name, value in {"HOME": home, "USERPROFILE": home, "XDG_CACHE_HOME": home / "cache", "NO_PROXY": "",
                        "XDG_CONFIG_HOME": home / "config", "KAGGLE_API_ENVIRONMENT": "LOCALHOST"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("AUTOGRADER_SOURCE", raising=False)
    add(folder, "demo", "kaggle_version = 3")
    return folder


def add(folder, name, more=""):
    (folder / f"{name}.csv").write_bytes(DATA)
    with open(folder / "catalogue.toml", "a") as page:
        page.write(PAGE.format(name=name, more=more, sha256=hashlib.sha256(DATA).hexdigest(),
                               fingerprint=fingerprint(parse(DATA))))


@pytest.fixture(scope="session")
def patience():
    """Seconds in which the client surely reaches the fault on this machine: three starts."""
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "kaggle", "--version"], capture_output=True, check=True)
    return 1 + 3 * (time.monotonic() - start)


def ask(folder, port, monkeypatch, deadline):
    """(exit status, lines of the screen, seconds) of `datasets --source kaggle` with that Kaggle."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    lines, start = [], time.monotonic()
    status = datasets_command("kaggle", lines.append, deadline, folder)
    return status, lines, time.monotonic() - start


def cache(folder):
    """The names in the cache; each file in it is proved."""
    files = [path for path in find("demo", folder).cached.parent.rglob("*") if path.is_file()]
    for path in files:
        prove(find("demo", folder), path.read_bytes())
    return [path.name for path in files]


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


ZIP = zipped({"demo.csv": KAGGLES})
OTHER = DATA.replace(b"car no. 150", b"car no. 999")
BARE, PACKED = (DATA, "demo.csv"), (ZIP, "demo.csv.zip")

DELIVERED = {   # what the store holds and under which name, the fault that the client survives
    "bare": (*BARE, ""),
    "zip with Kaggle's spelling": (*PACKED, ""),
    "percent-encoded name": (DATA, "my data (1).csv", ""),
    "no Last-Modified": (*BARE, "undated"),
    "cut once": (*BARE, "cut once"),
    "zip cut once": (*PACKED, "cut once"),
    "truncated once": (*BARE, "truncated once"),
    "slow drip": (*BARE, "drip"),
    "../ member": (zipped({"../evil.csv": b"x", "../../demo.csv": DATA}), "demo.csv.zip", ""),
}
LOGIN, DEADLINE, UNREACHABLE = "a network that wants a login?", "before the deadline", "Kaggle cannot be reached"
REFUSED = {     # the same, and a part of the sentence
    "401": (*BARE, "401", "refused the credentials"),
    "403": (*BARE, "403", "forbids it (open kaggle.com/datasets/owner/demo"),
    "404": (*BARE, "404", "no demo.csv in owner/demo"),
    "429": (*BARE, "429", "rate limiting"),
    "429 of 2026": (*BARE, "429 of 2026", "rate limiting"),
    "500": (*BARE, "500", "trouble of its own"),
    "500 of the store": (*BARE, "store 500", "trouble of its own"),
    "silent api": (*BARE, "silent api", DEADLINE),
    "stall": (*BARE, "stall", DEADLINE),
    "zip stalls": (*PACKED, "stall", DEADLINE),
    "reset always": (*BARE, "cut always", DEADLINE),
    "truncated": (*PACKED, "truncated", DEADLINE),
    "reset by the api": (*BARE, "reset api", UNREACHABLE),
    "reset, then 403": (*PACKED, "cut, then 403", "cut short"),
    "page for the api": (*BARE, "page for the api", LOGIN),
    "page for the file": (*BARE, "page for the file", LOGIN),
    "zip without an end": (ZIP[:-30], "demo.csv.zip", "", "zip file is damaged"),
    "zip with a wrong CRC": (flipped(ZIP, ZIP.index(b"PK\1\2") + 16), "demo.csv.zip", "", "zip file is damaged"),
    "zip without the file": (zipped({"read.me": b"x"}), "demo.csv.zip", "", "without demo.csv"),
    "other values in a zip": (zipped({"demo.csv": OTHER}), "demo.csv.zip", "",
                              "(line 152, column 2: car no. 999 instead of car no. 150)"),
    "flipped bit": (flipped(DATA, 500), "demo.csv", "", "Kaggle's file is not ours (line"),
    "not text": (b"\xff\xfe" + DATA, "demo.csv", "", "(no CSV file)"),
}


@pytest.mark.parametrize("case", DELIVERED)
def test_what_arrives_is_proved_and_kept(case, folder, monkeypatch, capfd):
    payload, name, fault = DELIVERED[case]
    place = find("demo", folder).cached
    (place.parent / ".fetch-old").mkdir(parents=True)
    place.write_bytes(OTHER)                                             # poison in the cache
    (place.parent / ".fetch-old" / "demo.csv").write_bytes(DATA)         # and a leftover of a killed run
    with fake_kaggle(payload, name, fault, version="99.0") as kaggle:    # which advertises a newer client
        status, lines, _ = ask(folder, kaggle.port, monkeypatch, deadline=60)
        assert (status, lines[1:]) == (0, ["demo                   200 x 2  CC0-1.0               Kaggle, fetched"])
        assert kaggle.calls[0] == ("GetDatasetMetadata", "")             # anonymous: no account is needed
        calls = len(kaggle.calls)
        status, lines, _ = ask(folder, kaggle.port, monkeypatch, deadline=60)
        assert status == 0 and lines[1].endswith("Kaggle, cached") and len(kaggle.calls) == calls
    assert sorted(cache(folder)) == ["demo-v3.csv", "demo.csv"] and place.name == "demo-v3.csv"
    assert load("demo", "kaggle", folder)["mpg"].tolist() == load("demo", "embedded", folder)["mpg"].tolist()
    assert capfd.readouterr() == ("", "")                                # the client's noise stays with the client


@pytest.mark.parametrize("case", REFUSED)
def test_what_fails_ends_in_time_with_one_sentence(case, folder, monkeypatch, capfd, patience):
    payload, name, fault, part = REFUSED[case]
    deadline = patience if part == DEADLINE else 60
    with fake_kaggle(payload, name, fault) as kaggle:
        status, lines, seconds = ask(folder, kaggle.port, monkeypatch, deadline)
        assert kaggle.calls and ("api" in fault or fault[:3].isdigit() or kaggle.calls[-1][0] == "store")
    assert status == 1 and len(lines) == 3, lines
    assert lines[1].endswith("snapshot verified") and part in lines[2]
    assert lines[2].endswith((": using the embedded snapshot.", ": using the embedded snapshots."))
    assert seconds < deadline + 2
    assert cache(folder) == [] and list(find("demo", folder).cached.parent.iterdir()) == []
    assert capfd.readouterr() == ("", "")


CREDENTIALS = {
    "token": ({"KAGGLE_API_TOKEN": "secret"}, "Bearer secret"),
    "key": ({"KAGGLE_USERNAME": "learner", "KAGGLE_KEY": "secret"}, "Basic bGVhcm5lcjpzZWNyZXQ="),
}


@pytest.mark.parametrize("kind", CREDENTIALS)
@pytest.mark.parametrize("fault", ["", "401"])
def test_credentials_reach_kaggle_and_only_kaggle(kind, fault, folder, monkeypatch):
    variables, header = CREDENTIALS[kind]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with fake_kaggle(*BARE, fault) as kaggle:
        status, lines, _ = ask(folder, kaggle.port, monkeypatch, deadline=60)
    assert {sent for method, sent in kaggle.calls if method != "store"} == {header}
    assert status == bool(fault)
    assert lines[-1].startswith("Kaggle refused the credentials") if fault else cache(folder) == ["demo-v3.csv"]
    assert "secret" not in "".join(lines)


def test_a_token_and_a_silent_kaggle_end_in_time(folder, monkeypatch, patience):
    """With a token `import kaggle` itself asks the API, and would wait for ever."""
    monkeypatch.setenv("KAGGLE_API_TOKEN", "secret")
    with fake_kaggle(*BARE, "silent api") as kaggle:
        status, lines, seconds = ask(folder, kaggle.port, monkeypatch, patience)
    assert status == 1 and DEADLINE in lines[2] and seconds < patience + 2 and cache(folder) == []


def test_a_dead_network_is_asked_once(folder, monkeypatch):
    add(folder, "second")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))      # bound, not listening: every connection is refused
        status, lines, seconds = ask(folder, closed.getsockname()[1], monkeypatch, deadline=60)
    assert (status, lines[3:]) == (1, ["Kaggle cannot be reached: using the embedded snapshots."])
    assert seconds < 10 and all(line.endswith("snapshot verified") for line in lines[1:3])


def test_a_set_that_kaggle_lacks_does_not_stop_the_others(folder, monkeypatch):
    add(folder, "second")
    with fake_kaggle(*BARE, "404") as kaggle:
        status, lines, _ = ask(folder, kaggle.port, monkeypatch, deadline=60)
    assert status == 1 and [line.partition(":")[0] for line in lines[3:]] == ["demo", "second"]
    assert len(kaggle.calls) == 2


@pytest.mark.parametrize("lacks", ["kaggle", "six"])
def test_an_absent_client_is_named(lacks, folder, monkeypatch, tmp_path):
    (tmp_path / "kaggle").mkdir()
    (tmp_path / "kaggle" / "__init__.py").write_text(f"raise ModuleNotFoundError(\"No module named '{lacks}'\")")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    status, lines, _ = ask(folder, 9, monkeypatch, deadline=60)
    assert status == 1 and "not installed (pip install kaggle six)" in lines[2]


def test_a_file_of_the_learner_does_not_shadow_the_client(folder, monkeypatch, tmp_path):
    (tmp_path / "six.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    with fake_kaggle(*BARE) as kaggle:
        assert ask(folder, kaggle.port, monkeypatch, deadline=60)[0] == 0


def test_a_cache_that_cannot_be_written_is_named(folder, monkeypatch):
    Path(os.environ["XDG_CACHE_HOME"]).write_text("a file in its place")
    status, lines, _ = ask(folder, 9, monkeypatch, deadline=60)
    assert status == 1 and "cannot be used (Not a directory)" in lines[2]


def test_the_screen_without_kaggle(folder):
    lines = []
    assert datasets_command(None, lines.append, folder=folder) == 0
    assert lines[1] == "demo                   200 x 2  CC0-1.0               snapshot verified"
    (folder / "demo.csv").write_bytes(OTHER)
    assert datasets_command(None, lines.append, folder=folder) == 1
    assert lines[3].endswith("snapshot DAMAGED")
    assert lines[4].endswith("`git checkout -- datasets/demo.csv` restores it.")
    assert datasets_command("s3", lines.append, folder=folder) == 1 and "choose embedded or kaggle" in lines[-1]


def test_the_real_screen_fits_a_terminal():
    lines = []
    assert datasets_command("embedded", lines.append) == 0
    assert len(lines) == 9 and max(map(len, lines)) <= 80
