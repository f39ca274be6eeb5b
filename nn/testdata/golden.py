"""Makes the golden files of nn's tests: what PyTorch computes for their cases.

Needs Debian's PyTorch (apt-get install python3-torch; made with 1.13). From
the repository's root:

    /usr/bin/python3 nn/testdata/golden.py

The tests themselves need no Python. A golden file holds results only. Inputs,
weights and incoming gradients come from the generator of nn/random.go, which
is written again below, bit for bit; golden_test.go lists the same cases under
the same names.

Everything is computed in float64, from float32 inputs, and rounded to float32
at the end: what a test then finds is the error of nn alone, and the files hardly
depend on the machine. PyTorch has NCHW, OIHW and out x in; the files
have nn's NHWC, HWIO and in x out.
"""

import json
import math
import pathlib
from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.nn import functional

SEED = 1
FOLDER = pathlib.Path(__file__).parent / "golden"
SAMPLE = 6  # numbers of a tensor that is not kept whole

# --- The generator of nn/random.go: SplitMix64, one stream a name.

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def fnv1a(name):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def splitmix(start, count):
    """The first numbers of the stream that starts at a state."""
    z = np.uint64(start) + np.uint64(GAMMA) * np.arange(1, count + 1, dtype=np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(name, count):
    """Numbers from 0 up to 1, in float64: NewRandomAt(SEED, name).Float64()."""
    start = int(splitmix(SEED, 1)[0]) ^ fnv1a(name)
    return (splitmix(start, count) >> np.uint64(11)).astype(np.float64) / (1 << 53)


def single(values):
    """Rounds to float32, as nn has it, and goes on in float64."""
    return values.astype(np.float32).astype(np.float64)


def noise(name, shape, scale=1, coarse=False):
    """Numbers from -scale to scale; coarse ones are multiples of scale/2."""
    u = uniform(name, math.prod(shape))
    if coarse:
        u = np.floor(4 * u) / 4
    return torch.from_numpy(single(scale * (2 * u - 1)).reshape(shape))


def he(name, shape):
    """A weight in nn's layout, whose last axis is the output: He, uniform."""
    return noise(name, shape, math.sqrt(6 / math.prod(shape[:-1])))


def values(name, shape):
    """The values that a test gives to a parameter."""
    if len(shape) > 1:
        return he(name, shape)
    u = uniform(name, math.prod(shape))
    around_one = name.endswith("weight") or name.endswith("running_var")
    return torch.from_numpy(single(u + 0.5 if around_one else u - 0.5))


# --- Layouts.

def to_nn(t):
    """NCHW to NHWC."""
    return t.permute(0, 2, 3, 1) if t.dim() == 4 else t


def to_torch(t):
    """NHWC to NCHW."""
    return t.permute(0, 3, 1, 2) if t.dim() == 4 else t


def param_to_nn(t, flattened=None):
    """OIHW to HWIO, out x in to in x out. After a Flatten, the input axis is
    C, H, W in PyTorch and H, W, C in nn."""
    if flattened:
        t = t.reshape(t.shape[0], *flattened).permute(2, 3, 1, 0)
        return t.reshape(-1, t.shape[-1])
    return {4: lambda: t.permute(2, 3, 1, 0), 2: lambda: t.t()}.get(t.dim(), lambda: t)()


def param_to_torch(t, flattened=None):
    if flattened:
        c, h, w = flattened
        return t.reshape(h, w, c, -1).permute(3, 2, 0, 1).reshape(-1, c * h * w)
    return {4: lambda: t.permute(3, 2, 0, 1), 2: lambda: t.t()}.get(t.dim(), lambda: t)()


def state(module):
    """Parameters and running statistics by name, and what was flattened."""
    for name, t in module.state_dict(keep_vars=True).items():
        if not name.endswith("num_batches_tracked"):
            owner = module.get_submodule(name.rpartition(".")[0])
            yield name, t, getattr(owner, "flattened", None) if t.dim() > 1 else None


def give(module, value):
    """Sets every parameter and running statistic to value(name, nn's shape)."""
    with torch.no_grad():
        for name, t, flattened in state(module):
            t.copy_(param_to_torch(value(name, tuple(param_to_nn(t, flattened).shape)), flattened))


# --- Modules that PyTorch does not have.

class Pad(nn.Module):
    """The parameter-free shortcut of He et al. 2015, option A."""

    def __init__(self, extra, stride):
        super().__init__()
        self.extra, self.stride = extra, stride

    def forward(self, x):
        return functional.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, 0, self.extra))


class Block(nn.Module):
    """A residual block. Its layers stand in it under their own names."""

    def __init__(self, body, shortcut, skip=True, last=None):
        super().__init__()
        self.body = list(body)
        for name, layer in body.items():
            self.add_module(name, layer)
        self.last, self.skip = last, skip
        if skip:
            self.downsample = shortcut

    def forward(self, x):
        y = x
        for name in self.body:
            y = getattr(self, name)(y)
        if self.skip:
            y = y + self.downsample(x)
        return self.last(y) if self.last else y


def conv3(i, o, stride=1, bias=False):
    return nn.Conv2d(i, o, 3, stride, 1, bias=bias)


def conv1(i, o, stride=1):
    return nn.Conv2d(i, o, 1, stride, bias=False)


def shortcut(i, o, stride, projection):
    if i == o and stride == 1:
        return nn.Identity()
    if projection:
        return nn.Sequential(conv1(i, o, stride), nn.BatchNorm2d(o))
    return Pad(o - i, stride)


def basic(i, o, stride, projection=False, skip=True, activation=nn.ReLU, norm=True, pre=False):
    body = OrderedDict(conv1=conv3(i, o, stride, not norm))
    if norm:
        body["bn1"] = nn.BatchNorm2d(o)
    body["relu"] = activation()
    body["conv2"] = conv3(o, o, bias=not norm)
    if norm:
        body["bn2"] = nn.BatchNorm2d(o)
    if pre:
        body["relu2"] = activation()
    return Block(body, shortcut(i, o, stride, projection), skip, None if pre else activation())


def bottleneck(i, width, o, stride, stride_first=False):
    first, second = (stride, 1) if stride_first else (1, stride)
    body = OrderedDict(
        conv1=conv1(i, width, first), bn1=nn.BatchNorm2d(width), relu=nn.ReLU(),
        conv2=conv3(width, width, second), bn2=nn.BatchNorm2d(width), relu1=nn.ReLU(),
        conv3=conv1(width, o), bn3=nn.BatchNorm2d(o))
    return Block(body, shortcut(i, o, stride, True), last=nn.ReLU())


def net(stem, stages, block, features):
    """A stem, stages of blocks, and the classifier of ten classes."""
    for number, (blocks, i, o, stride) in enumerate(stages, 1):
        stem[f"layer{number}"] = nn.Sequential(
            *(block(o if n else i, o, 1 if n else stride) for n in range(blocks)))
    stem.update(avgpool=nn.AdaptiveAvgPool2d(1), flatten=nn.Flatten(), fc=nn.Linear(features, 10))
    return nn.Sequential(stem)


def cifar(depth, activation=nn.ReLU, norm=True, **options):
    n = (depth - 2) // 6
    stem = OrderedDict(conv1=conv3(3, 16, bias=not norm))
    if norm:
        stem["bn1"] = nn.BatchNorm2d(16)
    stem["relu"] = activation()
    return net(stem, [(n, 16, 16, 1), (n, 16, 32, 2), (n, 32, 64, 2)],
               lambda i, o, stride: basic(i, o, stride, activation=activation, norm=norm, **options), 64)


def imagenet_stem():
    return OrderedDict(conv1=nn.Conv2d(3, 64, 7, 2, 3, bias=False), bn1=nn.BatchNorm2d(64),
                       relu=nn.ReLU(), maxpool=nn.MaxPool2d(3, 2, 1))


def resnet18():
    return net(imagenet_stem(), [(2, 64, 64, 1), (2, 64, 128, 2), (2, 128, 256, 2), (2, 256, 512, 2)],
               lambda i, o, stride: basic(i, o, stride, projection=True), 512)


def resnet50():
    return net(imagenet_stem(), [(3, 64, 256, 1), (4, 256, 512, 2), (6, 512, 1024, 2), (3, 1024, 2048, 2)],
               lambda i, o, stride: bottleneck(i, o // 4, o, stride), 2048)


# --- Layers and nets: forward, all gradients, running statistics.

def run(case, module, shape, train=True, batches=1, **how):
    """The results of a case. shape is that of x, as nn has it."""
    module = module.double().train(train)
    give(module, lambda name, shape: values(f"{case}/{name}", shape))
    for batch in range(batches):
        module.zero_grad()
        x = noise(f"{case}/x{batch}", shape, **how).requires_grad_()
        y = to_nn(module(to_torch(x)))
        y.backward(noise(f"{case}/dy{batch}", tuple(y.shape)))
    results = {"y": y, "dx": x.grad}
    for name, t, flattened in state(module):
        results[name] = param_to_nn(t.grad if t.requires_grad else t, flattened)
    return {name: golden(f"{case}/{name}", t) for name, t in results.items()}


def golden(name, t):
    flat = t.detach().contiguous().numpy().ravel()
    if not name.startswith(("net/", "imagenet/")):  # those of whole nets are large
        return {"shape": list(t.shape), "data": short(flat)}
    places = (uniform(name, SAMPLE) * flat.size).astype(np.int64)
    return {"shape": list(t.shape), "norm": short([np.sqrt((flat * flat).sum())])[0], "sample": short(flat[places])}


def short(numbers):
    """The shortest decimals that tell the float32 apart from its neighbours."""
    return [float(str(v)) for v in np.asarray(numbers, dtype=np.float32)]


def flatten_linear():
    model = nn.Sequential(OrderedDict(flatten=nn.Flatten(), fc=nn.Linear(2 * 4 * 3, 5)))
    model.fc.flattened = (3, 2, 4)
    return model


def layer_cases():
    """By kind and name: the module, the shape of x as nn has it, and how to run it."""
    conv, bn, pool, mean = nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d, nn.AvgPool2d
    return {
        "conv": {
            "3x3": (conv(3, 4, 3, bias=False), (2, 5, 6, 3), {}),
            "bias": (conv(3, 4, 3, padding=1), (2, 4, 5, 3), {}),
            "stride": (conv(2, 5, 3, 2, 1, bias=False), (2, 7, 6, 2), {}),
            "stride leaves a rest": (conv(2, 3, 3, 3), (2, 7, 9, 2), {}),
            "dilation": (conv(3, 4, 3, 1, 2, 2, bias=False), (1, 7, 6, 3), {}),
            "dilation and stride": (conv(2, 3, 3, 2, 3, 3), (2, 8, 7, 2), {}),
            "groups": (conv(6, 4, 3, 1, 1, 1, 2), (2, 4, 5, 6), {}),
            "depthwise": (conv(5, 5, 3, 2, 1, 1, 5, False), (2, 5, 6, 5), {}),
            "depthwise, two each": (conv(3, 6, 3, 1, 1, 1, 3), (2, 4, 4, 3), {}),
            "1x1": (conv(7, 5, 1, bias=False), (2, 3, 4, 7), {}),
            "1x1 stride": (conv(4, 6, 1, 2, bias=False), (2, 5, 4, 4), {}),
            "7x7 stride": (conv(3, 2, 7, 2, 3, bias=False), (1, 9, 12, 3), {}),
            "5x5": (conv(2, 3, 5, 1, 2), (1, 6, 7, 2), {}),
            "even window": (conv(3, 2, 4, 2, 1), (2, 6, 7, 3), {}),
            "much padding": (conv(2, 2, 3, 1, 4), (1, 2, 3, 2), {}),
            "many channels": (conv(19, 17, 1), (2, 3, 3, 19), {}),
        },
        "batchnorm": {
            "two batches": (bn(3), (4, 3, 5, 3), dict(batches=2)),
            "eval": (bn(3), (2, 3, 4, 3), dict(train=False)),
            "frozen": (bn(3), (2, 3, 4, 3), dict(train=False)),
            "rows": (nn.BatchNorm1d(5), (7, 5), dict(batches=2)),
            "settings": (bn(2, eps=1e-2, momentum=0.3), (2, 3, 3, 2), dict(batches=2)),
            "few rows": (nn.BatchNorm1d(4), (3, 4), {}),
        },
        "activation": {
            "relu": (nn.ReLU(), (2, 3, 4, 5), {}),
            "relu at zero": (nn.ReLU(), (2, 3, 4, 5), dict(coarse=True)),
            "leaky relu": (nn.LeakyReLU(0.01), (2, 3, 4, 5), {}),
            "leaky relu at zero": (nn.LeakyReLU(0.2), (2, 3, 4, 5), dict(coarse=True)),
            "sigmoid": (nn.Sigmoid(), (2, 3, 4, 5), dict(scale=6)),
            "tanh": (nn.Tanh(), (2, 3, 4, 5), dict(scale=3)),
            "softmax": (nn.Softmax(-1), (6, 7), dict(scale=5)),
            "softmax of pixels": (nn.Softmax(1), (2, 3, 2, 5), dict(scale=30)),
        },
        "pool": {
            "max": (pool(2), (2, 4, 6, 3), {}),
            "max leaves a rest": (pool(2), (2, 5, 7, 3), {}),
            "max overlap and pad": (pool(3, 2, 1), (2, 6, 7, 3), {}),
            "max ties": (pool(3, 1, 1), (2, 4, 5, 2), dict(coarse=True)),
            "max apart": (pool(2, 3), (1, 8, 7, 2), {}),
            "mean": (mean(2), (2, 4, 7, 3), {}),
            "mean padding counted": (mean(3, 2, 1), (2, 5, 6, 3), {}),
            "mean padding left": (mean(3, 2, 1, count_include_pad=False), (2, 5, 6, 3), {}),
            "global": (nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), (2, 5, 3, 4), {}),
        },
        "linear": {
            "rows": (nn.Linear(7, 5), (3, 7), {}),
            "one picture": (nn.Linear(19, 17), (1, 19), {}),
            "three axes": (nn.Linear(5, 3), (2, 4, 5), {}),
            "flatten": (flatten_linear(), (3, 2, 4, 3), {}),
        },
        "residual": {
            "identity": (basic(4, 4, 1), (2, 4, 3, 4), {}),
            "pad": (basic(3, 5, 2), (2, 5, 4, 3), {}),
            "projection": (basic(3, 5, 2, projection=True), (2, 5, 4, 3), {}),
            "closed": (basic(4, 4, 1, skip=False), (2, 4, 3, 4), {}),
            "activation before addition": (basic(4, 4, 1, activation=nn.Sigmoid, norm=False, pre=True), (2, 4, 3, 4), {}),
            "shortcut alone": (Pad(3, 2), (2, 5, 4, 2), {}),
            "bottleneck": (bottleneck(6, 2, 8, 2), (2, 5, 6, 6), {}),
            "bottleneck identity": (bottleneck(8, 2, 8, 1), (2, 3, 4, 8), {}),
            "bottleneck stride first": (bottleneck(6, 2, 8, 2, True), (2, 5, 6, 6), {}),
        },
        "net": {
            "resnet8": (cifar(8), (4, 9, 10, 3), {}),
            "resnet8 two batches": (cifar(8), (4, 8, 8, 3), dict(batches=2)),
            "resnet8 projection": (cifar(8, projection=True), (4, 9, 10, 3), {}),
            "plain8": (cifar(8, skip=False), (4, 9, 10, 3), {}),
            "resnet14 tanh, no norm": (cifar(14, activation=nn.Tanh, norm=False), (2, 8, 8, 3), {}),
            "resnet8 sigmoid before addition": (cifar(8, activation=nn.Sigmoid, norm=False, pre=True), (2, 8, 8, 3), {}),
        },
        "imagenet": {
            "resnet18": (resnet18(), (2, 65, 64, 3), {}),
            # In other shapes some ReLU stands so near to zero that float32 finds it on
            # the other side, and then a gradient is 1e-2 off.
            "resnet50 eval": (resnet50(), (1, 31, 33, 3), dict(train=False)),
        },
    }


# --- Losses.

def loss_cases():
    weights = torch.tensor([0.5, 2, 1, 0, 3], dtype=torch.float64)
    return {
        "plain": {},
        "large logits": dict(scale=200),
        "smoothing": dict(label_smoothing=0.1),
        "class weights": dict(weight=weights),
        "smoothing and class weights": dict(label_smoothing=0.2, weight=weights),
    }


def run_loss(case, scale=4, **how):
    logits = noise(f"{case}/logits", (9, 5), scale).requires_grad_()
    labels = torch.from_numpy((uniform(f"{case}/labels", 9) * 5).astype(np.int64))
    loss = functional.cross_entropy(logits, labels, **how)
    loss.backward()
    return {"loss": golden(f"{case}/loss", loss), "dlogits": golden(f"{case}/dlogits", logits.grad)}


# --- Optimisers: three steps, each with another gradient and another rate.

def optimiser_cases():
    sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    return {
        "sgd": (sgd, {}),
        "momentum": (sgd, dict(momentum=0.9)),
        "nesterov": (sgd, dict(momentum=0.9, nesterov=True)),
        "weight decay": (sgd, dict(momentum=0.9, weight_decay=0.1)),
        "weight decay, nesterov": (sgd, dict(momentum=0.8, nesterov=True, weight_decay=0.1)),
        "weight decay of weights only": (sgd, dict(momentum=0.9, weight_decay=0.1, weights_only=True)),
        "adam": (adam, {}),
        "adam settings": (adam, dict(betas=(0.8, 0.95), eps=1e-3)),
        "adam weight decay": (adam, dict(weight_decay=0.1)),
        "adamw": (adamw, dict(weight_decay=0.1)),
        "adamw weights only": (adamw, dict(weight_decay=0.1, weights_only=True)),
        "clipped": (sgd, dict(clip=0.7)),
        "clipped, weight decay": (sgd, dict(momentum=0.9, weight_decay=0.1, clip=1.5)),
        "clipped far above": (sgd, dict(momentum=0.9, clip=100)),
        "adam, clipped": (adam, dict(clip=0.01)),
    }


def run_optimiser(case, optimiser, weights_only=False, clip=None, **settings):
    params = {"weight": values(f"{case}/weight", (4, 3)), "bias": values(f"{case}/bias", (3,))}
    groups = [{"params": [p]} for p in params.values()]
    if weights_only:
        groups[1]["weight_decay"] = 0
    settings.setdefault("weight_decay", 0)
    optimiser = optimiser(groups, lr=1, **settings)
    results = {}
    for step, rate in enumerate([0.1, 0.03, 0.2]):
        for group in optimiser.param_groups:
            group["lr"] = rate
        for name, p in params.items():
            p.grad = noise(f"{case}/{name}/grad{step}", tuple(p.shape))
        if clip:
            torch.nn.utils.clip_grad_norm_(list(params.values()), clip)
        optimiser.step()
        for name, p in params.items():
            key = f"{name}, step {step}"
            results[key] = golden(f"{case}/{key}", p)
    return results


# --- Schedules.

def schedule_cases():
    from torch.optim import lr_scheduler as lr
    return {
        "constant": (0.05, lambda o: [lr.ConstantLR(o, factor=1)]),
        "steps": (0.1, lambda o: [lr.MultiStepLR(o, [3, 7, 8], gamma=0.1)]),
        "cosine": (0.1, lambda o: [lr.CosineAnnealingLR(o, T_max=12)]),
        "warm-up": (0.1, lambda o: [lr.LinearLR(o, start_factor=1 / 5, total_iters=4)]),
        "warm-up, steps": (0.1, lambda o: [lr.LinearLR(o, start_factor=1 / 5, total_iters=4), lr.MultiStepLR(o, [3, 7], gamma=0.1)]),
        "warm-up, cosine": (0.2, lambda o: [lr.LinearLR(o, start_factor=1 / 4, total_iters=3), lr.CosineAnnealingLR(o, T_max=12)]),
    }


def run_schedule(rate, make):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    schedule = torch.optim.lr_scheduler.ChainedScheduler(make(optimiser))
    rates = []
    for _ in range(13):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    return rates


# --- Ten steps of ResNet-20 on noise.

def small_classifier(name, shape):
    """He's weights, with those of the classifier a tenth. Left as they are, the
    gradient would be so large that float32 itself, PyTorch's too, would be 1e-3
    off after ten steps."""
    if len(shape) == 1:
        return torch.full(shape, float(name.endswith("weight") or name.endswith("running_var")))
    return noise(name, shape, math.sqrt(6 / math.prod(shape[:-1])) / (10 if name == "fc.weight" else 1))


def train_resnet20(dtype, steps=10, batch=32):
    model = cifar(20).train()
    give(model, small_classifier)
    model = model.to(dtype)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
    losses = []
    for step in range(steps):
        x = noise(f"x{step}", (batch, 32, 32, 3)).to(dtype)
        labels = torch.from_numpy((uniform(f"labels{step}", batch) * 10).astype(np.int64))
        loss = functional.cross_entropy(model(to_torch(x)), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(round(loss.item(), 9))
    return losses


# --- The files: one for each kind, a line for each tensor.

def write(kind, cases):
    def line(key, text):
        return json.dumps(key) + ": " + text

    def dump(results):
        if not isinstance(results, dict):
            return json.dumps(results)
        compact = (line(k, json.dumps(v, separators=(",", ":"))) for k, v in results.items())
        return "{\n  " + ",\n  ".join(compact) + "\n}"

    text = "{\n" + ",\n".join(line(case, dump(results)) for case, results in cases.items()) + "\n}\n"
    (FOLDER / f"{kind}.json").write_text(text)
    print(f"{kind}.json: {len(cases)} cases, {len(text)} bytes")


def main():
    FOLDER.mkdir(exist_ok=True)
    for kind, cases in layer_cases().items():
        write(kind, {case: run(f"{kind}/{case}", *what, **how) for case, (*what, how) in cases.items()})
    write("loss", {case: run_loss(f"loss/{case}", **how) for case, how in loss_cases().items()})
    write("optimiser", {case: run_optimiser(f"optimiser/{case}", make, **how) for case, (make, how) in optimiser_cases().items()})
    write("schedule", {case: run_schedule(*how) for case, how in schedule_cases().items()})
    losses = train_resnet20(torch.float64)
    write("resnet20", {"losses": losses})

    drift = max(abs(a - b) for a, b in zip(train_resnet20(torch.float32), losses))
    print(f"for comparison: in float32, PyTorch's losses of ResNet-20 are up to {drift:.1g} off")


if __name__ == "__main__":
    main()
