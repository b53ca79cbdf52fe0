"""`cnnlib export`: one scene of a sliding window as a file, from the command line; or a folder of ready ones."""

import argparse
from pathlib import Path

from .errors import PublishError

EXAMPLES = """examples:
  cnnlib export slide.html --input "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]" --kernel "[[1, 0], [0, -1]]" --padding 1
  cnnlib export edges.gif --input photo.jpg --pixels 8 --kernel "sobel x" --stride 2
  cnnlib export pool.svg --input numbers.csv --mode max --size 2 --step 0
  cnnlib export --gallery ready/"""
MODES = {   # what is made, and the options that it takes besides --input
    "slide": ("kernel", "bias", "stride", "padding", "dilation"),
    "transpose": ("kernel", "bias", "stride", "padding", "output_padding"),
    "max": ("size", "stride", "padding"),
    "avg": ("size", "stride", "padding"),
    "dx": ("kernel", "dy", "stride", "padding", "dilation"),
    "dw": ("kernel", "dy", "stride", "padding", "dilation"),
}
OPTIONS = tuple(dict.fromkeys(option for options in MODES.values() for option in options))
NAMES = {"kernel": "w", "bias": "b", "size": "kernel_size"}   # of options that Python calls otherwise
ARRAYS = 'numbers as JSON, such as "[[1, 2], [3, 4]]", or a .json, .csv or .npy file'


def add(subparsers):
    """Tell the command line what `cnnlib export` takes."""
    made = subparsers.add_parser(
        "export", help="one scene as .html, .gif, .svg or .png; or a page of ready ones", description=__doc__,
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    made.add_argument("out", nargs="?", metavar="OUT", help="the file; its suffix says what it becomes")
    made.add_argument("-x", "--input", help=f"x, {ARRAYS}, or a picture: (L,), (C, L) with --kernel, (H, W), (C, H, W)")
    made.add_argument("-w", "--kernel", help=f'w, {ARRAYS}, or a name such as "sobel x"')
    made.add_argument("-b", "--bias", help="b, a number, or one for each filter")
    made.add_argument("--mode", choices=MODES, default="slide", help="a convolution (slide, unless given), a "
                      "transposed one, a pooling (max, avg), a gradient of a convolution (dx, dw)")
    made.add_argument("--size", help="kernel_size, of the pooling window: a number or [height, width]")
    made.add_argument("--stride", help="a number or [vertical, horizontal]")
    made.add_argument("--padding", help='a number, [vertical, horizontal], "same" or "valid"')
    made.add_argument("--dilation", help="a number or [vertical, horizontal]")
    made.add_argument("--output-padding", help="of a transposed convolution: a number or [vertical, horizontal]")
    made.add_argument("--dy", help=f"the gradient of the output, for dx and dw: {ARRAYS}; all ones unless given")
    made.add_argument("--step", type=int, help="the step of a picture, or where a page begins; counted from 0")
    made.add_argument("--steps", metavar="A:B", help="the steps of a film, from A to before B")
    made.add_argument("--speed", type=float, help="of films and pages: steps per second")
    made.add_argument("--pixels", type=int, help="how wide a picture becomes at most, in grey (28 unless given)")
    made.add_argument("--force", action="store_true", help="replace OUT if it is there already")
    made.add_argument("--gallery", metavar="OUT/", help="make a folder: a page of ready scenes, and each as a file")
    made.set_defaults(run=run)


def run(args):
    """Write what was asked for, say where it is; returns 0. Raises `PublishError` for what makes no sense."""
    if args.gallery is not None:
        return _gallery(args)
    if args.out is None or args.input is None:
        raise PublishError("export needs a file and an input, such as slide.html --input \"[1, 2, 3]\" --kernel "
                           "\"[1, -1]\"; or --gallery OUT/")
    scene = _scene(args)
    try:
        path = Path(args.out)
        if path.is_file() and not args.force:
            raise PublishError(f"{args.out} exists already: choose another name, or add --force to replace it")
        return _told(_saved(args, scene, path), scene.digest)
    except (ValueError, TypeError) as error:
        raise PublishError(error) from error


def _scene(args):
    """The scene that the arguments describe."""
    from .. import viz
    from .arrays import array, value

    for name in OPTIONS:
        if getattr(args, name) is not None and name not in MODES[args.mode]:
            modes = [mode for mode, options in MODES.items() if name in options]
            raise PublishError(f"--{name.replace('_', '-')} belongs to --mode {', '.join(modes)}; found it with "
                               f"--mode {args.mode}")
    for name in {"kernel", "size"} & set(MODES[args.mode]):
        if getattr(args, name) is None:
            raise PublishError(f"--mode {args.mode} needs --{name}")
    x = array(args.input, "--input", args.pixels)
    given = {NAMES.get(name, name): array(text, f"--{name}") if name in ("kernel", "bias", "dy") else value(text)
             for name in MODES[args.mode] if (text := getattr(args, name)) is not None}
    try:
        if args.mode == "transpose":
            return viz.transpose(x, **given)
        if args.mode in ("max", "avg"):
            return viz.pool(x, mode=args.mode, **given)
        return viz.slide(x, direction="forward" if args.mode == "slide" else args.mode, **given)
    except (ValueError, TypeError) as error:
        raise PublishError(error) from error


def _saved(args, scene, path):
    kind, more = path.suffix.lower(), {}
    if args.speed is not None and kind in (".svg", ".png"):
        raise PublishError(f"--speed belongs to .html and .gif files, found it for {path.name}")
    if args.steps is not None:
        more["steps"] = _steps(args.steps, scene.steps)
    if kind == ".html":
        from ..viz.kit.steps import step_of

        begins = {} if args.step is None else {"step": step_of(scene, args.step, "step")}
        return scene.player(**begins, **({} if args.speed is None else {"speed": args.speed})).save(args.out, **more)
    if args.step is not None:
        more["step"] = args.step
    if args.speed is not None:
        more["speed"] = args.speed
    return scene.save(args.out, **more)


def _steps(text, count):
    """The steps that "A:B" names: as a slice of a list does, but none that is not there."""
    first, colon, end = text.partition(":")
    if not colon or not all(part.isdecimal() or not part for part in (first, end)):
        raise PublishError(f"--steps must be A:B, two step numbers counted from 0, such as 0:{count}, found "
                           f"{text!r:.60}")
    return range(int(first or 0), int(end or count))


def _gallery(args):
    from .. import _writing
    from .gallery import fill

    others = ("input", *OPTIONS, "step", "steps", "speed", "pixels")
    given = ["OUT"] * (args.out is not None) + [f"--{name.replace('_', '-')}" for name in others
                                                if getattr(args, name) is not None]
    given += ["--mode"] * (args.mode != "slide")
    if given:
        raise PublishError(f"--gallery makes ready scenes: leave out {', '.join(given)}")
    place = _writing.folder(args.gallery, fill, "export --gallery")
    return _told(place / "index.html", f"{sum(1 for _ in place.glob('*.svg'))} scenes")


def _told(path, what):
    print(f"{path}: {what}, {path.stat().st_size / 1000:,.0f} kB")
    return 0
