"""What PyTorch makes of the zoo's networks with the same weights; writes tests/zoo/recorded.json.

    uv run --group benchmark python benchmarks/record_zoo.py

The models are written here as torchvision writes them, with its names for all that learns. cnnlib's weights are copied
in by these names; logits, gradients of everything and the running statistics go into the recording as fingerprints, in
float64. The tests compare cnnlib with it and never import torch.
"""

import json
import pathlib
import sys
from collections import OrderedDict

import torch
from torch import nn as T
from torch.nn import functional as F

ROOT = pathlib.Path(__file__).resolve().parents[1]
RECORDING = ROOT / "tests/zoo/recorded.json"
sys.path.insert(0, str(ROOT / "tests/helpers"))

from recorded import CASES, by_layer, fingerprint, unsettled, wave  # noqa: E402

from cnnlib import zoo  # noqa: E402
from cnnlib.zoo.lenet_1998 import SEEN, Distances  # noqa: E402


class Classifier(T.Module):
    """Features, then fully connected: AlexNet and VGG."""

    def __init__(self, features, classifier):
        super().__init__()
        self.features, self.classifier = T.Sequential(*features), T.Sequential(*classifier)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def alexnet(classes=1000, in_channels=3, size=224, width=64, stem="imagenet"):
    first = T.Conv2d(in_channels, width, 11, 4, 2) if stem == "imagenet" else T.Conv2d(in_channels, width, 3, 1, 1)
    n, hidden = width, 64 * width
    features = [
        first, T.ReLU(), T.MaxPool2d(3, 2), T.Conv2d(n, 3 * n, 5, padding=2), T.ReLU(), T.MaxPool2d(3, 2),
        T.Conv2d(3 * n, 6 * n, 3, padding=1), T.ReLU(), T.Conv2d(6 * n, 4 * n, 3, padding=1), T.ReLU(),
        T.Conv2d(4 * n, 4 * n, 3, padding=1), T.ReLU(), T.MaxPool2d(3, 2),
    ]
    inputs = T.Sequential(*features)(torch.zeros(1, in_channels, size, size)).numel()
    return Classifier(features, [T.Dropout(0), T.Linear(inputs, hidden), T.ReLU(), T.Dropout(0),
                                 T.Linear(hidden, hidden), T.ReLU(), T.Linear(hidden, classes)])


def vgg16(classes=1000, size=224):
    features, channels = [], 3
    for maps in [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]:
        features += [T.MaxPool2d(2)] if maps == "M" else [T.Conv2d(channels, maps, 3, padding=1), T.ReLU()]
        channels = channels if maps == "M" else maps
    return Classifier(features, [T.Linear(512 * (size // 32) ** 2, 4096), T.ReLU(), T.Dropout(0), T.Linear(4096, 4096),
                                 T.ReLU(), T.Dropout(0), T.Linear(4096, classes)])


class Block(T.Module):
    """Of ResNet: convolutions (kernel, maps, stride), each with batch norm, and what goes past them."""

    def __init__(self, channels, convolutions):
        super().__init__()
        stride, self.count, last = 1, len(convolutions), channels
        for i, (kernel, maps, step) in enumerate(convolutions, 1):
            setattr(self, f"conv{i}", T.Conv2d(last, maps, kernel, step, kernel // 2, bias=False))
            setattr(self, f"bn{i}", T.BatchNorm2d(maps))
            stride, last = stride * step, maps
        self.downsample = None
        if stride > 1 or channels != last:
            self.downsample = T.Sequential(T.Conv2d(channels, last, 1, stride, bias=False), T.BatchNorm2d(last))

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = F.relu(y) if i < self.count else y
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


def first_layers(kind, in_channels, width):
    kernel, stride = {"imagenet": (7, 2), "small": (3, 1), "half": (3, 2)}[kind]
    pool = T.MaxPool2d(3, 2, 1) if kind == "imagenet" else T.Identity()
    return T.Conv2d(in_channels, width, kernel, stride, kernel // 2, bias=False), T.BatchNorm2d(width), pool


class ResNet(T.Module):
    def __init__(self, blocks, bottleneck, classes=1000, in_channels=3, width=64, stem="imagenet"):
        super().__init__()
        self.conv1, self.bn1, self.pool = first_layers(stem, in_channels, width)
        channels, self.count = width, len(blocks)
        for stage, count in enumerate(blocks):
            layers, maps = [], width * 2**stage
            for i in range(count):
                stride = 2 if stage and not i else 1
                layers.append(Block(channels, [(1, maps, 1), (3, maps, stride), (1, 4 * maps, 1)] if bottleneck
                                    else [(3, maps, stride), (3, maps, 1)]))
                channels = maps * (4 if bottleneck else 1)
            setattr(self, f"layer{stage + 1}", T.Sequential(*layers))
        self.fc = T.Linear(channels, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        for stage in range(self.count):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class DenseLayer(T.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.norm1, self.conv1 = T.BatchNorm2d(channels), T.Conv2d(channels, 4 * growth, 1, bias=False)
        self.norm2, self.conv2 = T.BatchNorm2d(4 * growth), T.Conv2d(4 * growth, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat([x, self.conv2(F.relu(self.norm2(self.conv1(F.relu(self.norm1(x))))))], 1)


class DenseNet(T.Module):
    def __init__(self, blocks, classes=1000, in_channels=3, width=64, stem="imagenet"):
        super().__init__()
        first, norm, pool = first_layers(stem, in_channels, width)
        parts, channels, growth = OrderedDict(conv0=first, norm0=norm, relu0=T.ReLU(), pool0=pool), width, width // 2
        for b, count in enumerate(blocks, 1):
            parts[f"denseblock{b}"] = T.Sequential(OrderedDict(
                (f"denselayer{i + 1}", DenseLayer(channels + i * growth, growth)) for i in range(count)))
            channels += count * growth
            if b < len(blocks):
                parts[f"transition{b}"] = T.Sequential(OrderedDict(
                    norm=T.BatchNorm2d(channels), relu=T.ReLU(),
                    conv=T.Conv2d(channels, channels // 2, 1, bias=False), pool=T.AvgPool2d(2)))
                channels //= 2
        parts[f"norm{len(blocks) + 1}"] = T.BatchNorm2d(channels)
        self.features, self.classifier = T.Sequential(parts), T.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(F.relu(self.features(x)).mean((2, 3)))


class UNet(T.Module):
    """Of two levels, its parts in the order of their work."""

    def __init__(self, width=16):
        super().__init__()
        self.down1, self.down2 = self.twice(3, width), self.twice(width, 2 * width)
        self.bottom, self.up2 = self.twice(2 * width, 4 * width), T.ConvTranspose2d(4 * width, 2 * width, 2, 2)
        self.join2, self.up1 = self.twice(4 * width, 2 * width), T.ConvTranspose2d(2 * width, width, 2, 2)
        self.join1, self.head = self.twice(2 * width, width), T.Conv2d(width, 2, 1)

    @staticmethod
    def twice(channels, maps):
        return T.Sequential(T.Conv2d(channels, maps, 3, padding=1, bias=False), T.BatchNorm2d(maps), T.ReLU(),
                            T.Conv2d(maps, maps, 3, padding=1, bias=False), T.BatchNorm2d(maps), T.ReLU())

    def forward(self, x):
        first = self.down1(x)
        second = self.down2(F.max_pool2d(first, 2))
        below = self.up2(self.bottom(F.max_pool2d(second, 2)))
        below = self.up1(self.join2(torch.cat([second, below], 1)))
        return self.head(self.join1(torch.cat([first, below], 1)))


def lenet5():
    return T.Sequential(T.Conv2d(1, 6, 5, padding=2), T.ReLU(), T.MaxPool2d(2), T.Conv2d(6, 16, 5), T.ReLU(),
                        T.MaxPool2d(2), T.Flatten(), T.Linear(400, 120), T.ReLU(), T.Linear(120, 84), T.ReLU(),
                        T.Linear(84, 10))


class Scale(T.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight, self.bias = T.Parameter(torch.ones(channels)), T.Parameter(torch.zeros(channels))

    def forward(self, x):
        return x * self.weight[:, None, None] + self.bias[:, None, None]


class LeNet1998(T.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.s2 = T.Conv2d(1, 6, 5), Scale(6)
        self.c3, self.s4 = T.ModuleList(T.Conv2d(len(maps), 1, 5) for maps in SEEN), Scale(16)
        self.c5, self.f6 = T.Conv2d(16, 120, 5), T.Linear(120, 84)

    def forward(self, x):
        def squash(x):
            return 1.7159 * torch.tanh(2 / 3 * x)

        x = squash(self.s2(F.avg_pool2d(squash(self.c1(x)), 2)))
        x = squash(torch.cat([layer(x[:, list(maps)]) for maps, layer in zip(SEEN, self.c3, strict=True)], 1))
        x = squash(self.f6(squash(self.c5(squash(self.s4(F.avg_pool2d(x, 2))))).flatten(1)))
        return -((x[:, None] - torch.tensor(Distances(84, 10).codes)) ** 2).sum(2)


MODELS = {
    "lenet5": lenet5, "lenet_1998": LeNet1998, "alexnet": alexnet, "vgg16": vgg16, "unet": UNet,
    "resnet18": lambda **options: ResNet((2, 2, 2, 2), False, **options),
    "resnet34": lambda **options: ResNet((3, 4, 6, 3), False, **options),
    "resnet50": lambda **options: ResNet((3, 4, 6, 3), True, **options),
    "densenet121": lambda **options: DenseNet((6, 12, 24, 16), **options),
}


def same_weights(name, model, ours):
    """Copy our weights into the torch model, by PyTorch's names or, where there are none, in order; {theirs: ours}."""
    own = dict([*ours.named_parameters(), *ours.named_statistics()])
    held = [key for key in model.state_dict() if not key.endswith("num_batches_tracked")]
    owners = list(dict.fromkeys(key.rpartition(".")[0] for key in held))
    if ours.torch_names and list(ours.torch_names.values()) != owners:
        raise SystemExit(f"{name}: other names: {sorted(set(owners) ^ set(ours.torch_names.values()))[:6]}")
    names = dict(zip(owners, zoo._parts.learning(ours), strict=True))
    targets = model.state_dict(keep_vars=True)
    for key in held:
        owner, _, kind = key.rpartition(".")
        targets[key].data.copy_(torch.from_numpy(own[f"{names[owner]}.{kind}"].data.copy()))
    return names


def record(name):
    """{what: fingerprint} of a case: training forward, gradients, statistics, evaluation forward."""
    builder, options, shape = CASES[name]
    ours = unsettled(getattr(zoo, builder)(**options))
    model = MODELS[builder](**options).double().train()
    names = same_weights(name, model, ours)
    x = torch.tensor(wave(shape), requires_grad=True)
    y = model(x)
    y.backward(torch.tensor(wave(y.shape, 2)))
    kept = {"training": fingerprint(y.detach()), "x": fingerprint(x.grad)}
    arrays = [(key, p.grad) for key, p in model.named_parameters()]
    for key, array in [*arrays, *((key, b) for key, b in model.named_buffers() if "running" in key)]:
        owner, _, kind = key.rpartition(".")
        kept[key if ours.torch_names else f"{names[owner]}.{kind}"] = fingerprint(array)
    return by_layer(kept | {"evaluation": fingerprint(model.eval()(x).detach())})


def text(recorded):
    """As JSON, a line for each layer."""
    def row(numbers):
        return "[" + ", ".join(f"{number:.7g}" for number in numbers) + "]"

    cases = [f"{json.dumps(name)}: {{\n" + ",\n".join(f" {json.dumps(key)}: {row(kept[key])}" for key in kept) + "\n}"
             for name, kept in recorded.items()]
    return "{\n" + ",\n".join(cases) + "\n}\n"


if __name__ == "__main__":
    recorded = {name: record(name) for name in CASES}
    RECORDING.write_text(text(recorded))
    print(f"{RECORDING.relative_to(ROOT)}: {sum(map(len, recorded.values()))} rows of {len(recorded)} networks")
