"""The drawing of a U-Net in lesson 09."""

from matplotlib.figure import Figure


def u_net():
    """Two levels down on the left, up on the right: boxes of maps, with what leads from one to the next.

    >>> len(u_net().axes)
    1
    """
    fig = Figure(figsize=(9, 3))
    ax = fig.add_subplot(xlim=(-4.6, 4.6), ylim=(-2.4, 0.7))

    def write(x, row, text, colour):
        ax.text(x, row, text, ha="center", va="center", size=10,
                bbox={"boxstyle": "round", "fc": colour, "ec": "none"})

    def arrow(a, b, text, aside=0):
        ax.annotate("", b, a, arrowprops={"arrowstyle": "->", "shrinkA": 14, "shrinkB": 14})
        write((a[0] + b[0]) / 2 + aside, (a[1] + b[1]) / 2, text, "white")

    for r, (K, size) in enumerate([(8, 48), (16, 24), (32, 12)]):
        x = 3.6 - 1.8 * r
        for side in ((-x, x) if r < 2 else (0,)):
            write(side, -r, f"{K} × {size} × {size}", "#cfe0f3")
        if r < 2:
            arrow((-x, -r), (1.8 - x, -r - 1), "pool, 2 conv", -0.65)
            arrow((x - 1.8, -r - 1), (x, -r), "up, join, 2 conv", 0.8)
            arrow((0.6 - x, -r), (x - 0.6, -r), "skip")
    ax.set_axis_off()
    write(-3.6, 0.5, "picture: 1 × 48 × 48, then 2 conv", "#eeeeee")
    write(3.6, 0.5, "scores: 2 × 48 × 48, by the head", "#eeeeee")
    return fig
