"""What a newcomer relies on before the first lesson: the lists of packages, the import, the wheel, the citation."""

import ensurepip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import numpy as np
import PIL
import pytest
import yaml
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

import cnnlib

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
in_a_clone = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a git clone")


def run(*command, cwd, **environment):
    """Run a command away from this checkout's paths and return what it prints; show its errors if it fails."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean | environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def needed():
    """What pyproject.toml asks for: to use the package and to test it."""
    return [Requirement(line) for line in PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["test"]]


# --- environment.yml and pyproject.toml -----------------------------------------------------------------------------


def conda_bounds(text):
    """Package -> bounds in an environment.yml, its pip section included; pip itself and this package left out."""
    lines = []
    for entry in yaml.safe_load(text)["dependencies"]:
        lines += entry["pip"] if isinstance(entry, dict) else [entry]
    wanted = [Requirement(line) for line in lines if line not in {"pip", "-e ."}]
    bounds = {canonicalize_name(r.name): r.specifier for r in wanted}
    assert len(bounds) == len(wanted), "environment.yml lists a package twice"
    return bounds


def project_bounds():
    bounds = {canonicalize_name(r.name): r.specifier for r in needed()}
    python = Requirement("python" + PYPROJECT["project"]["requires-python"])
    return bounds | {"python": python.specifier}


def test_conda_and_pip_install_the_same():
    assert conda_bounds((ROOT / "environment.yml").read_text(encoding="utf-8")) == project_bounds()


def test_conda_installs_this_package_itself():
    pip = [e for e in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"] if isinstance(e, dict)]
    assert len(pip) == 1
    assert "-e ." in pip[0]["pip"]


CONDA = """
dependencies:
  - python>=3.11
  - pip
  - numpy>=2.0
  - tqdm>=4.66
  - pip:
      - playwright>=1.44
      - -e .
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("numpy>=2.0", "numpy>=1.26"),
        ("  - numpy>=2.0\n", ""),
        ("  - tqdm>=4.66\n", "  - tqdm>=4.66\n  - pandas\n"),
        ("playwright>=1.44", "playwright"),
        ("python>=3.11", "python>=3.12"),
    ],
)
def test_a_difference_would_be_seen(old, new):
    assert old in CONDA
    assert conda_bounds(CONDA.replace(old, new)) != conda_bounds(CONDA)


def test_a_package_listed_twice_would_be_seen():
    with pytest.raises(AssertionError, match="twice"):
        conda_bounds(CONDA.replace("tqdm>=4.66", "NumPy>=2.1"))


# --- requirements.txt -----------------------------------------------------------------------------------------------


def problems(text, wanted_packages):
    """List what is wrong with a file of pins: no pin, a pin out of bounds, a wanted package that is not there."""
    found, pins = [], {}
    for line in text.splitlines():
        line = line.partition(" #")[0].strip()
        if not line or line.startswith("#"):
            continue
        try:
            pin = Requirement(line)
        except InvalidRequirement:
            found.append(f"not a pin: {line}")
            continue
        exact = [s for s in pin.specifier if s.operator == "==" and "*" not in s.version]
        if pin.url or len(pin.specifier) != 1 or not exact:
            found.append(f"not a pin: {line}")
        else:
            pins.setdefault(canonicalize_name(pin.name), []).append((exact[0].version, pin.marker))
    for wanted in wanted_packages:
        here = pins.get(canonicalize_name(wanted.name), [])
        if not any(marker is None or marker.evaluate() for _, marker in here):
            found.append(f"missing: {wanted}")
        found += [f"{wanted} forbids {v}" for v, _ in here if not wanted.specifier.contains(v, prereleases=True)]
    return found


def test_requirements_pin_everything_within_the_bounds():
    assert problems((ROOT / "requirements.txt").read_text(encoding="utf-8"), needed()) == []


WANTED = [Requirement("numpy>=2.0"), Requirement("Jupyter_Lab>=4.2")]
PINS = """
# a comment
appnope==1.0.0 ; sys_platform == 'darwin'  # via ipykernel
jupyter-lab==4.6.6
numpy==2.4.6
"""


def test_a_correct_list_of_pins_passes():
    assert problems(PINS, WANTED) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("numpy==1.26", "numpy>=2.0 forbids 1.26"),
        ("numpy>=2.4", "not a pin: numpy>=2.4"),
        ("numpy==2.*", "not a pin: numpy==2.*"),
        ("numpy", "not a pin: numpy"),
        ("", "missing: numpy>=2.0"),
        ("numpy==2.4.6 ; python_version < '3'", "missing: numpy>=2.0"),
        ("numpy @ https://example.org/numpy.whl", "not a pin: numpy @ https://example.org/numpy.whl"),
        ("numpy==2.4.6 --hash=sha256:00", "not a pin: numpy==2.4.6 --hash=sha256:00"),
        ("numpy==2.4.6\n-e .", "not a pin: -e ."),
        ("numpy==2.4.6\n--extra-index-url https://example.org", "not a pin: --extra-index-url https://example.org"),
    ],
)
def test_a_wrong_list_of_pins_is_seen(line, problem):
    assert problem in problems(PINS.replace("numpy==2.4.6", line), WANTED)


# --- no address of a package registry in the repository ---------------------------------------------------------------

# In two halves each, or this file would be the one that is found.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "anaconda" + ".org",
    "anaconda" + ".com/pkgs",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "download.pytorch" + ".org",
]


def registries_in(content):
    """The registries whose address stands in the bytes of a text file; pictures and arrays hold none."""
    if b"\0" in content:
        return []
    text = content.decode("utf-8", errors="replace").lower()
    return [host for host in REGISTRIES if host in text]


@in_a_clone
def test_no_file_records_the_address_of_a_registry():
    tracked = [ROOT / name for name in run("git", "ls-files", "-z", cwd=ROOT).split("\0") if name]
    assert len(tracked) > 10
    found = {str(p.relative_to(ROOT)): registries_in(p.read_bytes()) for p in tracked if p.is_file()}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_the_address_of_a_registry_would_be_seen():
    for host in REGISTRIES:
        assert registries_in(f"source = 'https://files.{host.upper()}/simple'".encode()) == [host]


@in_a_clone
def test_the_lock_file_stays_out():
    # It records where each package was downloaded from.
    assert run("git", "check-ignore", "uv.lock", cwd=ROOT).strip() == "uv.lock"
    assert run("git", "ls-files", "uv.lock", cwd=ROOT) == ""


# --- the import -------------------------------------------------------------------------------------------------------

IMPORT = """
import sys, time
start = time.process_time()   # not the clock on the wall: other work on the machine does not count
import cnnlib as cnn
seconds = time.process_time() - start
heavy = {"matplotlib", "ipywidgets", "anywidget", "PIL", "tqdm", "IPython"}
after_import = sorted(heavy & set(sys.modules))
cnn.data.pulse()
after_data = sorted(heavy & set(sys.modules))
cnn.data.photo("camera")
after_photo = sorted(heavy & set(sys.modules))
import json
print(json.dumps([seconds, after_import, after_data, after_photo]))
"""


def test_import_is_light_and_quick(tmp_path):
    seconds = []
    for _ in range(5):
        duration, after_import, after_data, after_photo = json.loads(run(sys.executable, "-c", IMPORT, cwd=tmp_path))
        seconds.append(duration)
        assert after_import == [], "import cnnlib must not load these"
        assert after_data == [], "cnn.data must not load these until a picture is asked for"
        assert after_photo == ["PIL"]  # so the two lines above do look in the right place
        if duration < 0.5:
            break
    assert min(seconds) < 0.5


# --- the wheel --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of what a wheel is built from, so that building leaves nothing in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for folder in ("cnnlib", "assets"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    return copy


def built(source, target, folder):
    """What hatchling makes of it, without network and without an environment of its own."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    return built(source, "wheel", tmp_path_factory.mktemp("dist"))


def browser_files(source):
    """The browser part of the widgets: modules and style sheet, as paths in the package."""
    return {p.relative_to(source).as_posix() for p in source.glob("cnnlib/**/static/*")}


def test_the_wheel_holds_the_package_the_assets_and_the_licences(source, wheel):
    version = PYPROJECT["project"]["version"]
    assert wheel.name == f"cnnlib-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for path in [p for p in source.rglob("*") if p.is_file() and p.parent != source]:
            inside = path.relative_to(source).as_posix()
            if inside.startswith("assets/"):
                inside = f"cnnlib/{inside}"
            assert inside in names
            assert archive.read(inside) == path.read_bytes()
    assert f"cnnlib-{version}.dist-info/licenses/LICENSE" in names
    assert {"cnnlib/assets/PROVENANCE.md", "cnnlib/assets/checksums.sha256"} <= names
    assert any(n.endswith(".js") for n in browser_files(source)) and browser_files(source) <= names
    assert len([n for n in names if n.startswith("cnnlib/assets/LICENSES/")]) == 5
    lab = f"cnnlib-{version}.data/data/share/jupyter/labextensions/cnnlib/"
    assert {f"{lab}package.json", f"{lab}static/plugin.js"} <= names
    assert all(n.startswith(("cnnlib/", f"cnnlib-{version}.dist-info/", lab)) for n in names)


def test_the_source_archive_holds_them_too(source, tmp_path):
    archive = built(source, "sdist", tmp_path)
    top = archive.name.removesuffix(".tar.gz")
    with tarfile.open(archive) as files:
        names = set(files.getnames())
    assert {f"{top}/{name}" for name in browser_files(source)} <= names
    assert {f"{top}/{name}" for name in ("LICENSE", "assets/PROVENANCE.md", "cnnlib/__init__.py")} <= names


FIRST_STEPS = """
import importlib.metadata, json
import cnnlib as cnn
print(json.dumps({
    "file": cnn.__file__,
    "version": importlib.metadata.version("cnnlib"),
    "assets": str(cnn.data.ASSETS),
    "garments": cnn.data.fashion_mnist().x_train.shape,
    "camera": cnn.data.photo("camera").shape,
}))
"""


DAMAGED = """
import cnnlib as cnn
try:
    cnn.data.photo("camera")
except cnn.data.DataFileError as error:
    print(error)
"""


@pytest.mark.long
def test_the_wheel_works_where_there_is_no_checkout(source, wheel, tmp_path):
    home = tmp_path / "environment"
    pip = next(Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl"), None)   # runs from the file that Python has
    venv.create(home, with_pip=pip is None, symlinks=os.name != "nt")
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    offline |= {"PYTHONPATH": str(pip)} if pip else {}
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(python, "-m", "pip", "install", "--no-deps", wheel, cwd=tmp_path, **offline)

    # Lend it this environment's NumPy and Pillow. A folder named in a .pth file comes last on the path, and the .pth
    # files inside it are not followed: the editable cnnlib of this checkout stays out of sight.
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    lent = {str(Path(module.__file__).parents[1]) for module in (np, PIL)}
    (site / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seen = json.loads(run(python, "-c", FIRST_STEPS, cwd=elsewhere))
    assert Path(seen["file"]).resolve().is_relative_to(home.resolve())
    assert Path(seen["assets"]).resolve().is_relative_to(home.resolve())
    assert seen["version"] == PYPROJECT["project"]["version"]
    assert seen["garments"] == [8000, 1, 28, 28]
    assert seen["camera"] == [256, 256]

    # A damaged file names a command; run as it stands in a copy of the project, it brings the file back. (Here it may
    # fetch nothing, so it builds with what is lent.)
    (Path(seen["assets"]) / "camera_256.png").write_bytes(b"")
    command = shlex.split(re.search("`(.*)`", run(python, "-c", DAMAGED, cwd=elsewhere))[1])
    run(python, "-m", *command, cwd=source, **offline)
    assert json.loads(run(python, "-c", FIRST_STEPS, cwd=elsewhere)) == seen


# --- the citation -----------------------------------------------------------------------------------------------------


def test_citation():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert citation["license"] == PYPROJECT["project"]["license"]
    assert citation["keywords"] == PYPROJECT["project"]["keywords"]
    for work in [citation, *citation["references"]]:  # what version 1.2.0 of the format requires of each
        assert isinstance(work["title"], str)
        assert work["authors"]
        assert all("name" in author or "family-names" in author for author in work["authors"])
        assert work["type"] in {"software", "article"}
    assert isinstance(citation["message"], str)
    assert len(citation["references"]) == 5


def test_one_version_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PYPROJECT["project"]["version"] == cnnlib.__version__
