"""Scenes from the command line are those of Python, byte by byte; of what makes no sense, nothing is written."""

import json
import re

import numpy as np
import pytest
from PIL import Image

import cnnlib as cnn
from cnnlib.publish.cli import main

IMAGE, KERNEL = [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, -1]]


def exported(tmp_path, name, *arguments):
    assert main(["export", str(tmp_path / name), *map(str, arguments)]) == 0
    return (tmp_path / name).read_bytes()


CASES = {
    "slide": (cnn.viz.slide(IMAGE, KERNEL, padding=1), ["-x", IMAGE, "-w", KERNEL, "--padding", 1]),
    "signal": (cnn.viz.slide([1, 0, 2, 1, 5], [1, -1], b=2, stride=2, dilation=2),
               ["-x", [1, 0, 2, 1, 5], "-w", [1, -1], "-b", 2, "--stride", 2, "--dilation", 2]),
    "channels": (cnn.viz.slide([IMAGE, IMAGE], [[KERNEL, KERNEL], [KERNEL, KERNEL]], b=[1, -2]),
                 ["-x", [IMAGE, IMAGE], "-w", [[KERNEL, KERNEL], [KERNEL, KERNEL]], "-b", [1, -2]]),
    "pair": (cnn.viz.slide(IMAGE, KERNEL, stride=(1, 2)), ["-x", IMAGE, "-w", KERNEL, "--stride", [1, 2]]),
    "same": (cnn.viz.slide(IMAGE, KERNEL, padding="same"), ["-x", IMAGE, "-w", KERNEL, "--padding", "same"]),
    "preset": (cnn.viz.slide(IMAGE, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]), ["-x", IMAGE, "-w", "Sobel x"]),
    "max": (cnn.viz.pool(IMAGE, 2, stride=1), ["-x", IMAGE, "--mode", "max", "--size", 2, "--stride", 1]),
    "avg": (cnn.viz.pool(IMAGE, 2, mode="avg"), ["-x", IMAGE, "--mode", "avg", "--size", 2]),
    "transpose": (cnn.viz.transpose(IMAGE, KERNEL, stride=2, output_padding=1),
                  ["-x", IMAGE, "-w", KERNEL, "--mode", "transpose", "--stride", 2, "--output-padding", 1]),
    "dx": (cnn.viz.slide(IMAGE, KERNEL, direction="dx", dy=KERNEL),
           ["-x", IMAGE, "-w", KERNEL, "--mode", "dx", "--dy", KERNEL]),
    "dw": (cnn.viz.slide(IMAGE, KERNEL, direction="dw"), ["-x", IMAGE, "-w", KERNEL, "--mode", "dw"]),
}


@pytest.mark.alike(2)
@pytest.mark.parametrize("name", CASES)
def test_a_scene_is_the_one_of_python(tmp_path, name, capsys):
    scene, arguments = CASES[name]
    there = scene.save(tmp_path / "there.html").read_bytes()
    assert exported(tmp_path, "here.html", *arguments) == there
    assert f"{scene.digest}, " in capsys.readouterr().out


def test_each_kind_of_file(tmp_path):
    scene = cnn.viz.slide(IMAGE, KERNEL)
    given = ["-x", IMAGE, "-w", KERNEL]
    for name, options, more in [
        ("a.svg", {"step": 2}, ["--step", 2]), ("a.png", {}, []), ("a.PNG", {"step": 0}, ["--step", 0]),
        ("a.gif", {"steps": range(1, 3), "speed": 4}, ["--steps", "1:3", "--speed", 4]),
    ]:
        there = scene.save(tmp_path / f"there-{name}", **options).read_bytes()
        assert exported(tmp_path, name, *given, *more) == there
    there = scene.player(step=2, speed=4).save(tmp_path / "there.html").read_bytes()
    assert exported(tmp_path, "a.html", *given, "--step", 2, "--speed", 4) == there


def test_files_as_input(tmp_path):
    array = np.array(IMAGE, float)
    (tmp_path / "a.json").write_text(json.dumps(IMAGE))
    (tmp_path / "a.csv").write_text("1,2,3\n4,5,6\n7,8,9\n")
    (tmp_path / "b.csv").write_text("\ufeff1;2;3\r\n4;5;6\r\n7;8;9\r\n", encoding="utf-8")
    np.save(tmp_path / "a.npy", array)
    there = exported(tmp_path, "json.html", "-x", IMAGE, "-w", KERNEL)
    for name in ("a.json", "a.csv", "b.csv", "a.npy"):
        assert exported(tmp_path, f"{name}.html", "-x", tmp_path / name, "-w", KERNEL) == there
    (tmp_path / "row.csv").write_text("1,2,3")
    assert exported(tmp_path, "row.html", "-x", tmp_path / "row.csv", "-w", [1, 1]) == exported(
        tmp_path, "one.html", "-x", [1, 2, 3], "-w", [1, 1])


def test_a_picture_as_input(tmp_path):
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, 40:] = 200
    Image.fromarray(pixels).save(tmp_path / "a.png")
    grey = [[0] * 4 + [200] * 4] * 4
    assert exported(tmp_path, "a.html", "-x", tmp_path / "a.png", "--pixels", 8, "-w", KERNEL) == exported(
        tmp_path, "b.html", "-x", grey, "-w", KERNEL)
    assert b"28" in exported(tmp_path, "c.svg", "-x", tmp_path / "a.png", "-w", KERNEL)


def test_a_picture_of_16_bits_as_input(tmp_path):
    Image.fromarray(np.array([[0, 257], [300 * 257 // 2, 65535]], np.uint16)).save(tmp_path / "a.png")
    assert exported(tmp_path, "a.html", "-x", tmp_path / "a.png", "-w", [[1]]) == exported(
        tmp_path, "b.html", "-x", [[0, 1], [150, 255]], "-w", [[1]])


FAULTS = {
    "nothing": ([], "needs a file and an input"),
    "no input": (["a.svg"], "needs a file and an input"),
    "no kernel": (["a.svg", "-x", "[1, 2]"], "--mode slide needs --kernel"),
    "no size": (["a.svg", "-x", "[1, 2]", "--mode", "max"], "--mode max needs --size"),
    "not there": (["a.svg", "-x", "no.npy", "-w", "[1]"], "--input: there is no file 'no.npy'"),
    "a word": (["a.svg", "-x", "[1, 2", "-w", "[1]"], "--input must be JSON"),
    "a kernel": (["a.svg", "-x", "[1, 2]", "-w", "soble x"], "sobel x"),
    "ragged": (["a.svg", "-x", "[[1, 2], [3]]", "-w", "[[1]]"], "x must be a regular array"),
    "an object": (["a.svg", "-x", "{}", "-w", "[[1]]"], "x must hold real numbers"),
    "words": (["a.svg", "-x", '["a"]', "-w", "[[1]]"], "x must hold"),
    "endless": (["a.svg", "-x", "[NaN, 1]", "-w", "[1]"], "x has 1 NaN"),
    "deep": (["a.svg", "-x", "[" * 100_000, "-w", "[1]"], "--input must be JSON"),
    "too large": (["a.svg", "-x", "[1, 2]", "-w", "[1, 2, 3]"], "kernel"),
    "stride 0": (["a.svg", "-x", "[1, 2]", "-w", "[1]", "--stride", "0"], "stride must be at least 1, found 0"),
    "padding": (["a.svg", "-x", "[1, 2]", "-w", "[1]", "--padding", "some"], "padding"),
    "suffix": (["a.bmp", "-x", "[1, 2]", "-w", "[1]"], "path must end in .html, .gif, .svg or .png"),
    "no folder": (["no/a.svg", "-x", "[1, 2]", "-w", "[1]"], "the folder 'no' does not exist"),
    "a folder": (["sub/", "-x", "[1, 2]", "-w", "[1]"], "path must be a file, found the folder"),
    "no step": (["a.svg", "-x", "[1, 2]", "-w", "[1]", "--step", "2"], "step: found step 2, expected 0 to 1"),
    "no step to begin": (["a.html", "-x", "[1, 2]", "-w", "[1]", "--step", "2"], "step: found step 2"),
    "steps of a picture": (["a.svg", "-x", "[1, 2]", "-w", "[1]", "--steps", "0:1"], "steps belongs to .gif files"),
    "no steps": (["a.gif", "-x", "[1, 2]", "-w", "[1]", "--steps", "all"], "--steps must be A:B"),
    "speed": (["a.png", "-x", "[1, 2]", "-w", "[1]", "--speed", "2"], "--speed belongs to .html and .gif"),
    "no speed": (["a.gif", "-x", "[1, 2]", "-w", "[1]", "--speed", "-1"], "speed"),
    "dilated pooling": (["a.svg", "-x", "[1, 2]", "--mode", "max", "--size", "2", "--dilation", "2"],
                        "--dilation belongs to --mode slide, dx, dw"),
    "pixels": (["a.svg", "-x", "a.png", "-w", "[1]", "--pixels", "0"], "--pixels must be from 1"),
    "both": (["a.svg", "-x", "[1]", "--gallery", "out"], "leave out OUT, --input"),
    "a gallery of one": (["--gallery", "out", "--mode", "max", "--size", "2"], "leave out --size, --mode"),
    "broken json": (["a.svg", "-x", "broken.json", "-w", "[1]"], "'broken.json' cannot be read as .json"),
    "broken npy": (["a.svg", "-x", "broken.npy", "-w", "[1]"], "'broken.npy' cannot be read as .npy"),
    "a pickle": (["a.svg", "-x", "pickle.npy", "-w", "[1]"], "'pickle.npy' cannot be read as .npy"),
    "broken csv": (["a.svg", "-x", "broken.csv", "-w", "[1]"], "'broken.csv' cannot be read as .csv"),
    "broken png": (["a.svg", "-x", "broken.png", "-w", "[1]"], "'broken.png' cannot be read as .png"),
    "empty csv": (["a.svg", "-x", "empty.csv", "-w", "[1]"], "'empty.csv' cannot be read as .csv: no number is in it"),
    "fractions": (["a.svg", "-x", "fractions.tif", "-w", "[[1]]"], "its pixels are fractions, expected whole numbers"),
    "a long name": ([f"{'a' * 300}.svg", "-x", "[1, 2]", "-w", "[1]"], "File name too long"),
    "two dashes": (["a.svg", "-x", "[1, 2]", "-w", "[1]", "--stride=--"], "stride"),
    "NUL": (["a.svg", "-x", "a\0.png", "-w", "[1]"], "there is no file"),
    "huge": (["a.svg", "-x", "huge.npy", "-w", "[1]"], "bytes, expected at most"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_one_clear_line(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    for kind in ("json", "npy", "csv", "png"):
        (tmp_path / f"broken.{kind}").write_bytes(b"\x93NUMPY\xff\xfe{[")
    np.save(tmp_path / "pickle.npy", np.array([{}], object), allow_pickle=True)
    (tmp_path / "empty.csv").write_text("# a, b\n\n")
    Image.new("F", (2, 2), 0.5).save(tmp_path / "fractions.tif")
    with open(tmp_path / "huge.npy", "wb") as file:
        file.truncate(60_000_000)
    before = sorted(tmp_path.iterdir())
    arguments, said = FAULTS[name]
    assert main(["export", *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and len(told.err) <= 310 and told.out == ""
    assert sorted(tmp_path.iterdir()) == before, "nothing half-written"


def test_what_is_there_stays_unless_asked(tmp_path, capsys):
    (tmp_path / "a.svg").write_text("mine")
    given = ["export", str(tmp_path / "a.svg"), "-x", "[1, 2]", "-w", "[1]"]
    assert main(given) == 2 and "exists already" in capsys.readouterr().err
    assert (tmp_path / "a.svg").read_text() == "mine"
    assert main([*given, "--force"]) == 0 and (tmp_path / "a.svg").read_text().startswith("<?xml")


@pytest.mark.long
def test_a_folder_of_ready_ones(tmp_path, capsys):
    out = tmp_path / "ready"
    assert main(["export", "--gallery", f"{out}/"]) == 0
    text = (out / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"]+)"', text)
    assert len(linked) == 20 and all((out / name).is_file() for name in linked)
    assert len(re.findall(r'data-scene="scene-\d+"', text)) == 10
    assert "://" not in re.sub(r"(?s)<script.*?</script>", "", text)
    assert {p.name for p in out.iterdir()} == {*linked, "index.html", ".cnnlib-made.json"}
    (out / "mine.html").write_text("mine")
    assert main(["export", "--gallery", str(out)]) == 0 and (out / "mine.html").read_text() == "mine"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("years")
    capsys.readouterr()
    assert main(["export", "--gallery", str(tmp_path / "other")]) == 2 and "thesis.txt" in capsys.readouterr().err
