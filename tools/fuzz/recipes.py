"""Right calls of everything there is: arguments by name, as text. What is new and named as usual needs no line here."""

# By the name of an argument, wherever no call below says otherwise.
USUAL = {
    "x": "X", "w": "W", "image": "IMAGE", "kernel": "KERNEL", "dy": "DY", "gamma": "GAMMA", "beta": "GAMMA",
    "logits": "LOGITS", "labels": "LABELS", "n": "8", "kernel_size": "2", "stride": "1", "padding": "0",
    "dilation": "1", "groups": "1", "output_padding": "0", "count_include_pad": "True", "bias": "True", "axis": "-1",
    "slope": "0.1", "eps": "1e-5", "seed": "0", "columns": "2", "id": '"01.2"', "lesson": '"01"', "tolerance": "1e-5",
    "path": '"out.npz"', "shape": "(3, 8, 8)", "table": "TABLE", "cell": "0", "titles": "None", "steps": "None",
    "b": "None", "mean": "None", "var": "None", "batch_size": "4", "input_shape": "(3, 8, 8)", "i": "0", "key": "0",
    "mode": "True", "need_dx": "True", "alt": '"A picture of a line, from 0 to 1."', "step": "0", "model": "model()",
    "parameters": "model().parameters()", "lr": "0.1", "weight_decay": "0.0", "layers": "[(3,), (2, 2)]",
    "schedule": "None", "shift": "0", "strides": "None", "number": "1", "answer": "lambda x, w: x",
    "class_names": '["a", "b"]', "data": "(X, Y)", "y": "Y", "momentum": "0.5", "direction": '"forward"', "p": "0.5",
}

_SEQUENCE = "cnn.nn.Conv2d(3, 4, 3, seed=0)"
RIGHT = {
    "cnn.output_size": "n=8, kernel_size=3",
    "cnn.as_matrix": "kernel=KERNEL, input_shape=(8, 8)",
    "cnn.correlate1d": "x=SIGNAL, w=TAPS",
    "cnn.conv1d": "x=X[..., 0], w=W[..., 0]",
    "cnn.conv1d_backward": "dy=DY[..., 0], x=X[..., 0], w=W[..., 0]",
    "cnn.conv_transpose2d": "x=X, w=UP", "cnn.conv_transpose2d_backward": "dy=np.ones((2, 4, 10, 10)), x=X, w=UP",
    "cnn.max_pool1d": "x=X[..., 0], kernel_size=2", "cnn.avg_pool1d": "x=X[..., 0], kernel_size=2",
    "cnn.max_pool2d_backward": "dy=X[..., :4, :4], x=X, kernel_size=2",
    "cnn.avg_pool2d_backward": "dy=X[..., :4, :4], x=X, kernel_size=2",
    "cnn.global_avg_pool2d_backward": "dy=X[..., 0, 0], x=X",
    "cnn.batch_norm2d": "x=X, gamma=GAMMA, beta=GAMMA",
    "cnn.batch_norm2d_backward": "dy=X, x=X, gamma=GAMMA",
    "cnn.linear": "x=ROWS, w=WEIGHTS", "cnn.linear_backward": "dy=LOGITS, x=ROWS, w=WEIGHTS",
    **{f"cnn.{name}_backward": "dy=X, x=X" for name in ("relu", "leaky_relu", "sigmoid", "tanh")},
    "cnn.taps.apply": "table=TABLE, x=SIGNAL, w=TAPS, outputs=7",
    "cnn.taps.matrix": "table=TABLE, w=TAPS, shape=(7, 8)", "cnn.taps.starts": "table=TABLE, outputs=7",
    "cnn.taps.receptive_field": "tables=[TABLE], cell=0",
    "cnn.taps.convolution": "x_shape=(8,), w_shape=(2,)", "cnn.taps.full_shapes": "x_shape=(8,), w_shape=(2,)",
    "cnn.taps.transposed": "x_shape=(8,), w_shape=(2,)", "cnn.taps.pooling": "x_shape=(8,), kernel_size=2",
    "cnn.taps.window": "size=(8, 8), kernel=(3, 3)", "cnn.taps.transposed_window": "size=(8, 8), kernel=(3, 3)",
    "cnn.taps.pooling_window": "size=(8, 8), kernel_size=2",
    "cnn.data.photo": 'name="camera"', "cnn.data.from_idx": 'folder="."',
    "cnn.nn.Layer": "", "cnn.nn.Parameter": "shape=(2, 3)",
    "cnn.nn.Conv2d": "in_channels=3, out_channels=4, kernel_size=3",
    "cnn.nn.ConvTranspose2d": "in_channels=3, out_channels=4, kernel_size=3",
    "cnn.nn.Linear": "in_features=5, out_features=4", "cnn.nn.BatchNorm2d": "num_features=3",
    "cnn.nn.Sequential": "*[cnn.nn.Linear(5, 4)]", "cnn.nn.Residual": "*[cnn.nn.ReLU()]",
    "cnn.nn.DenseBlock": "*[cnn.nn.Conv2d(3, 2, 3, padding=1)]",
    "cnn.nn.Optimizer": "parameters=model().parameters(), lr=0.1, weight_decay=0",
    "cnn.nn.Adam": "parameters=model().parameters(), lr=0.1, betas=(0.9, 0.99)",
    "cnn.nn.check_gradients": "layer=cnn.nn.Linear(5, 4), x=ROWS, samples=3, step=1e-6",
    "cnn.nn.cosine": "progress=0.5", "cnn.nn.predict": "model=model(), x=X",
    "cnn.nn.evaluate": "model=model(), x=X, y=Y",
    "cnn.nn.fit": "model=model(), data=(X, Y), epochs=1, progress=False, schedule=cnn.nn.cosine, validation=0.5",
    "cnn.nn.NonFiniteLossError": 'message="x", step=1, history={}',
    "cnn.zoo.classifier": "N=1, M=1, K=1, size=8",
    "cnn.zoo.resnet": "blocks=(1, 2), bottleneck=True, stem='half'", "cnn.zoo.densenet": "blocks=(1, 2), stem='small'",
    "cnn.viz.slide": "x=SIGNAL, w=TAPS, dy=None", "cnn.viz.pool": "x=SIGNAL, kernel_size=2, mode='max'",
    "cnn.viz.transpose": "x=SIGNAL, w=TAPS", "cnn.viz.shifts": 'x=SIGNAL, stages={"abs": np.abs}',
    "cnn.viz.Scene": None, "cnn.viz.Shifts": None,   # made by the functions above
    "cnn.viz.SlidePlayer": "scene=SCENE", "cnn.viz.show": "fig=FIGURE, alt='A picture of a line, from 0 to 1.'",
    "cnn.viz.bars": 'names=["a", "b"], panels={"MACs": [1, 2]}',
    "cnn.viz.confusion_matrix": 'counts=[[9, 1], [3, 7]], class_names=["a", "b"]',
    "cnn.viz.image_grid": "images=IMAGES", "cnn.viz.feature_maps": "maps=X[0]", "cnn.viz.filters": "w=W",
    "cnn.viz.heat_maps": "images=IMAGES, maps=IMAGES[:, 0]",
    "cnn.viz.reliability": 'networks={"a": ([0.9, 0.5], [True, False])}',
    "cnn.viz.layer_outputs": 'outputs={"a": IMAGES[0], "b": [1.0, 2.0]}', "cnn.viz.watch": "",
    "cnn.viz.learning_curves": 'history={"epoch": [1, 2], "loss": [2.0, 1.0], "accuracy": [0.1, 0.6]}',
    "cnn.viz.masks": "images=IMAGES[:, 0], marked=IMAGES[:, 0] > 0.5",
    "cnn.viz.matrices": 'named={"a": KERNEL}', "cnn.viz.patch2d": "image=IMAGE, kernel=KERNEL, row=2, column=3",
    "cnn.viz.kernel_lab": "image=IMAGE, kernel=KERNEL", "cnn.viz.KernelLab": "lab=cnn.viz.kernel_lab(IMAGE)",
    "cnn.viz.nested_windows": 'image=IMAGES[0, 0], names=["a", "b"], sizes=[3, 5], start=1',
    "cnn.viz.signals": 'panels=[{"heart": ([0, 1, 2], [0.1, 0.9, 0.2])}], units="mV"',
    "cnn.viz.size_ruler": "n=8, kernel_size=3", "cnn.viz.slide1d": "x=SIGNAL, w=TAPS",
    "cnn.viz.network_costs": 'networks={"LeNet-5": (1998, 61706, 416520), "AlexNet": (2012, 61100840, 714188480)}',
    "cnn.viz.volumes": "model=cnn.zoo.lenet5(), input_shape=(1, 28, 28), title='LeNet'",
    "cnn.viz.wiring": "n=5, kernel_size=2",
    "cnn.learn.Case": "*[[1, 2], 3]", "cnn.learn.Wrong": 'answer=3, sentence="No."',
    "cnn.learn.Exercise": None,   # for authors; its one check names what is missing
    "cnn.learn.Option": None, "cnn.learn.Right": None, "cnn.learn.Progress": None,   # records, which check nothing
    "cnn.learn.Question": '*["?", cnn.learn.Option("a", "b"), cnn.learn.Right("c", "d")]',
    "cnn.learn.Quiz": '*["01", *cnn.learn.quiz("01").questions]',
    **{f"stepped_by_{name}": "grad=np.ones((2, 3)), lr=0.1" for name in ("sgd", "adam")},
    "assigned": "data=np.ones((2, 3))", "cnn.learn.quiz": 'id="01"', "cnn.learn.tour": 'id="01"',
    "cnn.learn.check": 'id="00.1", answer=750', "cnn.learn.measured": 'rows={"a": (0.9, "above 86 %")}',
    "cnn.learn.passing": 'id="00.1", answer=750',
}

# One object of each class, to call its methods on; of other classes, what the right call makes.
OBJECTS = {
    **{f"cnn.nn.{name}": f"ran(cnn.nn.{name}(3, 4, 3), X)" for name in ("Conv2d", "ConvTranspose2d")},
    **{f"cnn.nn.{name}": f"ran(cnn.nn.{name}(2), X)" for name in ("MaxPool2d", "AvgPool2d")},
    **{f"cnn.nn.{name}": f"ran(cnn.nn.{name}(), X)" for name in ("ReLU", "Flatten", "Dropout", "GlobalAvgPool2d")},
    "cnn.nn.BatchNorm2d": "ran(cnn.nn.BatchNorm2d(3).train(), X)", "cnn.nn.Linear": "ran(cnn.nn.Linear(5, 4), ROWS)",
    "cnn.nn.Sequential": "ran(model(), X)", "cnn.nn.Residual": "ran(cnn.nn.Residual(cnn.nn.ReLU()), X)",
    "cnn.nn.DenseBlock": "ran(cnn.nn.DenseBlock(cnn.nn.Conv2d(3, 2, 3, padding=1)), X)",
    "cnn.nn.Layer": None, "cnn.nn.Optimizer": None, "cnn.nn.NonFiniteLossError": None,
    "cnn.viz.Scene": "SCENE", "cnn.viz.Shifts": 'cnn.viz.shifts(SIGNAL, {"abs": np.abs})',
    "cnn.learn.Exercise": 'cnn.learn.exercise("01.2")', "cnn.learn.Option": None, "cnn.learn.Right": None,
    "cnn.learn.Progress": "cnn.learn.progress()",
}

# By class and method, where the usual arguments are not right.
METHODS = {
    "Conv2d.backward": "dy=DY", "ConvTranspose2d.backward": "dy=np.ones((2, 4, 10, 10))",
    "MaxPool2d.backward": "dy=X[..., :4, :4]", "AvgPool2d.backward": "dy=X[..., :4, :4]",
    "GlobalAvgPool2d.backward": "dy=X[..., 0, 0]", "Linear.backward": "dy=LOGITS",
    "Flatten.backward": "dy=X.reshape(2, -1)", "Sequential.backward": "dy=LOGITS", "DenseBlock.backward": "dy=DY5",
    **{f"{name}.backward": "dy=X" for name in ("ReLU", "Dropout", "BatchNorm2d", "Residual")},
    **{f"Linear.{name}": "x=ROWS" for name in ("__call__", "forward")},
    **{f"Linear.{name}": "shape=(5,)" for name in ("output_shape", "macs")},
    "Sequential.__getitem__": "index=0",
    "Scene.save": 'path="out.svg"', "Shifts.save": 'path="out.svg"', "Shifts.told": 'name="abs", s=1',
    "Shifts.stays": 'name="abs", s=1', "Shifts.moves": 'name="abs", s=1', "Shifts.alt": "s=1",
    "Shifts.figure": "shift=1",
    "Shifts.player": "shift=1", "Exercise.check": "answer=lambda x, w: x", "Sequential.load": 'path="in.npz"',
    "KernelLab.save": 'path="out.svg"', "SlidePlayer.save": 'path="out.svg"', "SlidePlayer.compare": "answer=lambda x, w: x",
}

# Errors may also call these by name: what is inside an argument, or what it stands for.
ALSO = {
    "seed": "seed", "__getitem__": "indices", "evaluate": "labels logits", "fit": "x y", "frame": "step",
    "alt": "shift", "shifts": "stage", "full_shapes": "x w", "convolution": "x w", "transposed": "x w", "pooling": "x",
    "window": "kernel_size w", "pooling_window": "w", "receptive_field": "kernel_size stride padding dilation",
    "transposed_window": "height length kernel_size w",
}
