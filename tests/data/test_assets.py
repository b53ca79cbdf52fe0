"""The files in assets/: every way in which one can be damaged, and the papers that go with them."""

import hashlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from cnnlib import data, zoo
from cnnlib.data import files
from cnnlib.publish import maths

LICENCES = {
    "fashion-mnist-MIT.txt": ["Zalando SE", "Permission is hereby granted, free of charge", "AS IS"],
    "heartpy-MIT.txt": ["Paul van Gent", "Permission is hereby granted, free of charge", "AS IS"],
    "mnist-CC-BY-SA-3.0.txt": ["Yann LeCun and Corinna Cortes", "https://creativecommons.org/licenses/by-sa/3.0/"],
    "ecg-ODC-By-1.0.txt": ["MIT-BIH", "https://opendatacommons.org/licenses/by/1-0/", "Moody", "Goldberger"],
    "stix-OFL-1.1.txt": ["STI Pub Companies", "SIL OPEN FONT LICENSE Version 1.1", "AS IS"],
}


def data_files():
    return sorted(p.name for p in data.ASSETS.iterdir() if p.suffix in {".png", ".npz", ".woff2"})


def all_assets():
    return [p for p in data.ASSETS.rglob("*") if p.is_file()]


# --- damage ---------------------------------------------------------------------------------------------------------

LOADERS = {
    "fashion_mnist_8k_2k.npz": data.fashion_mnist,
    "mnist_5k.npz": data.mnist,
    "digits_lenet.npz": zoo.digits,
    "ecg_mitbih208_60s.npz": data.ecg,
    "ppg_heartpy_100hz.npz": data.pulse,
    "coins_mask_303x384.png": data.coins,
    "coins_labels_303x384.png": data.coins,
    "camera_256.png": lambda: data.photo("camera"),
    "chelsea_160x240.png": lambda: data.photo("chelsea"),
    "coffee_160x240.png": lambda: data.photo("coffee"),
    "brick_256.png": lambda: data.photo("brick"),
    "gravel_256.png": lambda: data.photo("gravel"),
    "grass_256.png": lambda: data.photo("grass"),
    "coins_303x384.png": lambda: data.photo("coins"),
    "maths.woff2": maths.font,
}


@pytest.fixture
def assets(tmp_path, monkeypatch):
    """A copy of assets/ that may be damaged; what would be a clone around it."""
    folder = tmp_path / "assets"
    (tmp_path / ".git").mkdir()
    shutil.copytree(data.ASSETS, folder)
    monkeypatch.setattr(files, "ASSETS", folder)
    return folder


def damage_report(load, path):
    """Load, expect the error, and return its text, which must name the file and how to restore it."""
    with pytest.raises(data.DataFileError) as caught:
        load()
    text = str(caught.value)
    assert str(path) in text
    assert text.endswith(f"run `git checkout -- assets/{path.name}` at the top of your clone.")
    return text


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_the_command_of_the_message_restores_the_file(tmp_path, monkeypatch, spoil):
    """In a real clone; without one no command is promised."""
    path = tmp_path / "assets" / "camera_256.png"
    shutil.copytree(data.ASSETS, tmp_path / "assets")
    monkeypatch.setattr(files, "ASSETS", tmp_path / "assets")

    def told():
        with pytest.raises(data.DataFileError) as caught:
            data.photo("camera")
        return str(caught.value)

    spoil(path)
    assert told().endswith("To restore it, copy assets/camera_256.png from a fresh copy of the project.")
    shutil.copy(Path(__file__).parents[2] / "assets" / path.name, path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in ([*git, "init", "-q"], [*git, "add", "."], [*git, "commit", "-qm", "all"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    spoil(path)
    command = re.search("`(.*)`", told())[1]
    subprocess.run(shlex.split(command), cwd=tmp_path, check=True)
    assert data.photo("camera").shape == (256, 256)


def test_a_loader_for_every_file():
    assert sorted(LOADERS) == data_files()


def test_the_error_is_an_os_error():
    assert issubclass(data.DataFileError, OSError)


@pytest.mark.parametrize("name", LOADERS)
def test_missing_file(assets, name):
    (assets / name).unlink()
    assert "the file is missing" in damage_report(LOADERS[name], assets / name)


@pytest.mark.parametrize("name", LOADERS)
def test_one_flipped_bit(assets, name):
    raw = bytearray((assets / name).read_bytes())
    whole = hashlib.sha256(raw).hexdigest()
    raw[len(raw) // 2] ^= 1
    (assets / name).write_bytes(raw)
    text = damage_report(LOADERS[name], assets / name)
    assert "altered" in text
    assert f"found {len(raw)} bytes with SHA-256 {hashlib.sha256(raw).hexdigest()[:12]}" in text
    assert f"expected {len(raw)} bytes with SHA-256 {whole[:12]}" in text


@pytest.mark.parametrize("keep", [0, 1, 1000])
def test_truncated_file(assets, keep):
    path = assets / "mnist_5k.npz"
    path.write_bytes(path.read_bytes()[:keep])
    text = damage_report(data.mnist, path)
    assert f"cut short: found {keep} bytes" in text
    assert "expected 818324 bytes" in text


def test_longer_file(assets):
    path = assets / "camera_256.png"
    path.write_bytes(path.read_bytes() + b"\0")
    assert "too long: found 35723 bytes" in damage_report(LOADERS[path.name], path)


def test_file_that_cannot_be_read(assets):
    path = assets / "camera_256.png"
    path.unlink()
    path.mkdir()  # a folder cannot be opened as a file: on Unix and on Windows, also for root
    assert "cannot be read" in damage_report(LOADERS[path.name], path)


def test_pickle_inside_an_npz_is_refused(assets):
    """Someone who can rewrite a file and the list may still not run code in the learner's process."""
    sprung = assets / "sprung"

    class Trap:
        def __reduce__(self):
            return Path.touch, (sprung,)

    path = assets / "ppg_heartpy_100hz.npz"
    np.savez(path, ppg=np.array([Trap()], dtype=object), fs=np.array([100]))
    raw = path.read_bytes()
    listing = assets / "checksums.sha256"
    line = f"# {len(raw)} bytes\n{hashlib.sha256(raw).hexdigest()}  {path.name}"
    listing.write_text(re.sub(rf"# \d+ bytes\n\w+  {path.name}", line, listing.read_text()))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        data.pulse()
    assert not sprung.exists()


def test_missing_list(assets):
    (assets / "checksums.sha256").unlink()
    assert "the file is missing" in damage_report(data.pulse, assets / "checksums.sha256")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: text.index("ppg_heartpy") + 3],
        lambda text: re.sub(r"\w(?=  ppg_heartpy)", "", text),
        lambda text: re.sub(r"\w(?=  ppg_heartpy)", "G", text),
        lambda text: text.replace("# 3469 bytes\n", ""),
        lambda text: "\ufffd\x00" * 50,
    ],
    ids=["empty", "cut short", "63 digits", "no hexadecimal digit", "no size", "binary"],
)
def test_damaged_list(assets, spoil):
    path = assets / "checksums.sha256"
    path.write_text(spoil(path.read_text()), encoding="utf-8")
    assert "no line for ppg_heartpy_100hz.npz" in damage_report(data.pulse, path)


def test_wrong_digit_in_the_list_is_noticed(assets):
    path = assets / "checksums.sha256"
    path.write_text(path.read_text().replace("96188b1c", "96188b1d"))
    assert "expected 3469 bytes with SHA-256 96188b1d" in damage_report(data.pulse, assets / "ppg_heartpy_100hz.npz")


def test_list_with_windows_line_ends(assets):
    path = assets / "checksums.sha256"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert data.pulse().rate == 100


def test_missing_folder(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(files, "ASSETS", tmp_path / "assets")
    damage_report(data.ecg, tmp_path / "assets" / "checksums.sha256")


# --- the papers -----------------------------------------------------------------------------------------------------


def test_checksums_and_sizes_are_those_of_the_files():
    text = (data.ASSETS / "checksums.sha256").read_text()
    # Read here as sha256sum does, not as the package does.
    listed = dict(reversed(line.split("  ")) for line in text.splitlines() if not line.startswith("#"))
    assert sorted(listed) == data_files()
    for name, digest in listed.items():
        assert hashlib.sha256((data.ASSETS / name).read_bytes()).hexdigest() == digest
    sizes = {name: size for name, (size, _) in files.checksums().items()}
    assert sizes == {name: (data.ASSETS / name).stat().st_size for name in data_files()}


def test_assets_stay_small_and_hold_nothing_unlisted():
    files = all_assets()
    assert sum(p.stat().st_size for p in files) < 7_000_000
    known = {*data_files(), *LICENCES, "PROVENANCE.md", "checksums.sha256"}
    known |= set(re.findall(r"assets/pictures/([\w.]+)", (data.ASSETS.parent / "README.md").read_text("utf-8")))
    assert {p.name for p in files} == known


def test_provenance_names_every_file_with_its_size():
    page = (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `([\w.]+)` \| ([\d,]+) \|", page, flags=re.MULTILINE))
    assert sorted(table) == data_files()
    for name, size in table.items():
        assert int(size.replace(",", "")) == (data.ASSETS / name).stat().st_size
        # Once in the table, once or more where its origin and licence are told.
        assert page.count(f"`{name}`") >= 2, f"PROVENANCE.md does not say where {name} comes from"


def test_provenance_states_the_share_alike_of_mnist():
    page = (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")
    assert "Share-alike applies to this file only" in page
    assert "https://creativecommons.org/licenses/by-sa/3.0/" in page


@pytest.mark.parametrize("name", LICENCES)
def test_licences_travel_with_the_files(name):
    text = (data.ASSETS / "LICENSES" / name).read_text(encoding="utf-8")
    for needed in LICENCES[name]:
        assert needed in text
    assert f"LICENSES/{name}" in (data.ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")
