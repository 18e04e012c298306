"""The data is what the catalogue says, is proved at every read, and has its licence."""

import csv
import gzip
import hashlib
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

from autograder.catalogue import (DATASETS, MISSING, DataError, catalogue, excerpt, find, fingerprint, folded, load, parse,
                                  prove, read, verify)

NAMES = list(catalogue())
KAGGLE_NAMES = [name for name, dataset in catalogue().items() if dataset.kaggle]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the small half of datasets/, to be damaged, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("AUTOGRADER_SOURCE", raising=False)
    copy = tmp_path / "datasets"
    copy.mkdir()
    for file in ["catalogue.toml", "auto-mpg.csv", "penguins_size.csv", "flights-airport.csv"]:
        shutil.copy(DATASETS / file, copy)
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_describes_its_file(name):
    dataset = find(name)
    data = dataset.snapshot.read_bytes()
    text = (gzip.decompress(data) if dataset.file.endswith(".gz") else data).decode()
    rows = list(csv.reader(text.splitlines()))
    assert hashlib.sha256(data).hexdigest() == dataset.sha256
    assert fingerprint(rows) == dataset.fingerprint
    assert len(rows) == dataset.rows + 1
    assert {len(row) for row in rows} == {dataset.columns}
    assert len(set(rows[0])) == dataset.columns


@pytest.mark.parametrize("name", NAMES)
def test_load_keeps_every_cell(name):
    dataset, table = find(name), load(name)
    header, *rows = read(dataset)
    assert list(table) == header
    for column, cells in zip(table.values(), zip(*rows)):
        assert not column.flags.writeable and column.shape == (dataset.rows,)
        if column.dtype.kind == "U":
            assert column.tolist() == ["" if cell in MISSING else cell for cell in cells]
        else:
            assert column.dtype == np.float64
            assert [str(x) for x in column] == [str(float("nan" if cell in MISSING else cell)) for cell in cells]


@pytest.mark.parametrize("name", KAGGLE_NAMES)
def test_equal_fingerprints_mean_equal_columns(name):
    """The fingerprint folds 07 and 7: that may not happen within a text column."""
    for column in load(name).values():
        if column.dtype.kind == "U":
            cells = sorted(set(column.tolist()) - {""})
            assert folded([cells]) == [cells]


def test_numbers_text_and_missing_cells():
    cars, birds, houses = load("auto_mpg"), load("penguins"), load("king_county_houses")
    assert np.isnan(cars["horsepower"]).sum() == 6 and cars["mpg"].mean().round(2) == 23.51
    assert cars["car name"][0] == "chevrolet chevelle malibu"
    assert np.isnan(birds["body_mass_g"]).sum() == 2 and (birds["sex"] == "").sum() == 11
    assert houses["date"][0] == "20141013T000000" and houses["price"].mean().round() == 540088


def test_every_file_has_its_licence_and_every_licence_its_file():
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", (DATASETS / "LICENSES.md").read_text("utf-8"), re.MULTILINE)
    listed = [file for file, _ in rows]
    shipped = {path.name for path in DATASETS.iterdir()} - {"catalogue.toml", "LICENSES.md", ".gitattributes"}
    assert sorted(listed) == sorted(shipped) == sorted(dataset.file for dataset in catalogue().values())
    licences = {dataset.file: dataset.licence for dataset in catalogue().values()}
    for file, row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 4 and all(cells), file
        assert cells[0].startswith(licences[file].split()[0]), file
        assert not cells[0].startswith("CC BY") or ("doi.org" in cells[3] and "changed" in cells[3]), file


def test_the_shipped_snapshots_are_whole():
    assert verify() == []


def test_a_flipped_bit_is_found_and_the_remedy_named(folder):
    file = folder / "auto-mpg.csv"
    data = bytearray(file.read_bytes())
    data[1000] ^= 1
    file.write_bytes(data)
    remedy = ("datasets/auto-mpg.csv is damaged (its SHA-256 is not the published one): "
              "`git checkout -- datasets/auto-mpg.csv` restores it.")
    with pytest.raises(DataError) as caught:
        load("auto_mpg", folder=folder)
    assert str(caught.value) == remedy
    assert verify(["penguins", "auto_mpg"], folder) == [remedy]
    assert verify(["penguins"], folder) == []


def test_a_missing_file_is_named(folder):
    (folder / "penguins_size.csv").unlink()
    with pytest.raises(DataError, match=r"No such file.*git checkout -- datasets/penguins_size.csv"):
        load("penguins", folder=folder)


@pytest.mark.parametrize("page", [None, b"[datasets", b"schema = 1", b"\xff", b"datasets = 3", b"[datasets.a]\nrows=1"])
def test_a_broken_catalogue_is_named(folder, page):
    if page is None:
        (folder / "catalogue.toml").unlink()
    else:
        (folder / "catalogue.toml").write_bytes(page)
    with pytest.raises(DataError, match="git checkout -- datasets/catalogue.toml"):
        load("penguins", folder=folder)
    assert len(verify(folder=folder)) == 1


def test_unknown_names_get_advice(monkeypatch):
    with pytest.raises(DataError, match="did you mean 'auto_mpg'"):
        load("auto-mpg")
    with pytest.raises(DataError, match="the catalogue has .*digits"):
        load("titanic")
    with pytest.raises(DataError, match="choose embedded or kaggle"):
        load("digits", source="s3")
    monkeypatch.setenv("AUTOGRADER_SOURCE", "kagle")
    with pytest.raises(DataError, match="'kagle'"):
        load("digits")
    assert verify(["titanic"])[0].startswith("No data set is called 'titanic'")


SAME = [b"a,b\n3,NA\n0.5,x y\n", b"a,b\r\n3.0,?\r\n5e-1,x y\r\n", b'"a","b"\n"3","."\n\n".50","x y"',
        b"\xef\xbb\xbfa,b\n3,\n\n0.5,x y\n"]
OTHER = [b"a,b\n3,NA\n0.5,x  y\n", b"a,b\n3,NA\n0.50001,x y\n", b"a,b\n0.5,x y\n3,NA\n", b"b,a\nNA,3\nx y,0.5\n",
         b"a,c\n3,NA\n0.5,x y\n", b"a,b\n3,0\n0.5,x y\n", b"a,b\n3,NA\n",
         b"a,b\n3,NA\n0.5,x y\n3,NA\n", b"a,b\n3,NA,\n0.5,x y\n", b"a,b\n3,na\n0.5,x y\n"]


def test_the_fingerprint_sees_values_and_nothing_else():
    prints = [fingerprint(parse(data)) for data in SAME + OTHER]
    assert len(set(prints[:len(SAME)])) == 1
    assert len(set(prints[len(SAME) - 1:])) == 1 + len(OTHER)


def test_separators_inside_cells_do_not_cheat_the_proof():
    joined = [["\x1f".join(row)] for row in folded(read(find("auto_mpg")))]
    assert fingerprint(joined) == find("auto_mpg").fingerprint
    with pytest.raises(DataError):
        prove(find("auto_mpg"), "\n".join(cell for cell, in joined).encode())


def cached(folder, name, data):
    file = find(name, folder).cached
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_a_proved_copy_from_kaggle_is_read(folder, monkeypatch, capsys):
    """Kaggle's penguins spell one missing cell "." and the fingerprint folds it."""
    ours = (folder / "penguins_size.csv").read_bytes()
    theirs = ours.replace(b"4875,NA", b"4875,.").replace(b"\n", b"\r\n")
    assert theirs.count(b"4875,.") == 1
    cached(folder, "penguins", theirs)
    (folder / "penguins_size.csv").unlink()     # so the copy is all there is
    monkeypatch.setenv("AUTOGRADER_SOURCE", "kaggle")
    for name, column in load("penguins", folder=folder).items():
        np.testing.assert_array_equal(column, load("penguins", "embedded")[name])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("damage", [
    lambda data: data[:-9], lambda data: data.replace(b"3504", b"3505"), lambda data: b"",
    lambda data: b"\x00\xff" + data, lambda data: b'"' + b"x" * 200_000])
def test_a_damaged_copy_is_never_used(folder, damage, capfd):
    cached(folder, "auto_mpg", damage((folder / "auto-mpg.csv").read_bytes()))
    script = f"from pathlib import Path; from autograder.catalogue import load; p = Path({str(folder)!r})\n" \
             "print(load('auto_mpg', 'kaggle', p)['weight'][0], len(load('auto_mpg', 'kaggle', p)))"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=DATASETS.parent)
    out, err = capfd.readouterr()
    assert out == "3504.0 9\n"
    assert err == ("Kaggle's copy of auto_mpg is damaged in the cache (`make datasets SOURCE=kaggle` fetches it): "
                   "using the embedded snapshot.\n")       # once, though it was read twice


def test_without_a_copy_the_snapshot_is_used_and_named(folder, capsys):
    assert len(load("us_air_routes_2008", "kaggle", folder)["count"]) == 5366
    assert len(load("penguins", "kaggle", folder)["sex"]) == 344
    said = capsys.readouterr().err
    assert "us_air_routes_2008 has no copy on Kaggle: using the embedded snapshot." in said
    assert "Kaggle's copy of penguins is not in the cache" in said


def test_reading_needs_numpy_and_nothing_heavier():
    script = "import sys, autograder.catalogue; print(*{'pandas', 'scipy', 'requests', 'kaggle'} & {*sys.modules})"
    assert subprocess.check_output([sys.executable, "-c", script], text=True, cwd=DATASETS.parent) == "\n"


def test_a_copy_for_a_project_without_data_is_a_catalogue_all_the_same(tmp_path):
    (tmp_path / "catalogue.toml").write_bytes(excerpt([]))
    assert catalogue(tmp_path) == {}
