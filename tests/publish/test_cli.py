"""The command line: quick, one line for what is wrong, and the exit code that goes with it."""

import os
import subprocess
import sys

import pytest

import cnnlib as cnn
from cnnlib.publish import cli, export
from cnnlib.publish.errors import PublishError


def test_version_and_help(capsys):
    assert cli.main(["--version"]) == 0 and capsys.readouterr().out == f"cnnlib {cnn.__version__}\n"
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("export", "student", "report")) and "nothing is sent anywhere" in told


@pytest.mark.parametrize("name", ["export", "student", "report"])
def test_each_command_has_an_example(name, capsys):
    assert cli.main([name, "--help"]) == 0
    assert f"  cnnlib {name} " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["bake"], ["export", "--nonsense"], ["exp", "a.svg"]])
def test_what_it_does_not_know(arguments, capsys):
    assert cli.main(arguments) == 2
    assert "usage: cnnlib" in capsys.readouterr().err


@pytest.mark.parametrize(("raised", "code", "said"), [
    (PublishError("two\n lines"), 2, "cnnlib: two lines\n"), (KeyboardInterrupt(), 130, "cnnlib: stopped\n"),
    (OSError(28, "No space left on device", "out.html"), 2, "cnnlib: out.html: No space left on device\n"),
])
def test_trouble_is_one_line(monkeypatch, capsys, raised, code, said):
    def trouble(args):
        raise raised

    monkeypatch.setattr(export, "run", trouble)
    assert cli.main(["export", "a.svg"]) == code
    assert capsys.readouterr().err == said


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr(export, "run", lambda args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main(["export", "a.svg"])


HEAVY = "{'matplotlib', 'anywidget', 'nbformat', 'nbclient', 'sphinx', 'PIL'}"


def test_help_loads_nothing_heavy():
    code = (f"import sys; from cnnlib.publish.cli import main; main(['--help'])\n"
            f"sys.exit(str({HEAVY} & set(sys.modules)) if {HEAVY} & set(sys.modules) else 0)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes there end in another way")
def test_a_reader_who_leaves_early_is_no_error():
    code = ("import sys; from cnnlib.publish import cli, export\n"
            "def much(args):\n    print('x' * 10**6)\n    return 0\n"
            "export.run = much; sys.exit(cli.main(['export', 'a.svg']))")
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.read(1)
    program.stdout.close()
    assert (program.wait(60), program.stderr.read()) == (0, b"")
    program.stderr.close()
