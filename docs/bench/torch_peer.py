#!/usr/bin/env python3
"""Times PyTorch on the nets of lab bench, and writes ResNet-50 as ONNX.

    torch_peer.py time            prints {"resnet20 train 32x32x3": ms, ...}
    torch_peer.py export FILE     writes a ResNet-50 with random weights

The nets are those of He et al. 2015, written here so that torchvision is not needed.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(2)
torch.manual_seed(1)


def conv(i, o, kernel, stride=1):
    return nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False)


class Basic(nn.Module):
    """Two 3x3 convolutions; option A where the net gets wider."""

    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(i, o, 3, stride), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = conv(o, o, 3), nn.BatchNorm2d(o)
        self.stride, self.wider = stride, o - i

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.wider:
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.wider))
        return F.relu(y + x)


class Bottleneck(nn.Module):
    """1x1, 3x3, 1x1; a projection where the shape changes."""

    def __init__(self, i, width, stride):
        super().__init__()
        o = 4 * width
        self.conv1, self.bn1 = conv(i, width, 1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3, stride), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = conv(width, o, 1), nn.BatchNorm2d(o)
        self.short = nn.Sequential(conv(i, o, 1, stride), nn.BatchNorm2d(o)) if i != o or stride != 1 else None

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.short is None else self.short(x)))


def cifar(blocks, channels):
    layers, width = [conv(channels, 16, 3), nn.BatchNorm2d(16), nn.ReLU()], 16
    for stage, out in enumerate((16, 32, 64)):
        for b in range(blocks):
            layers.append(Basic(width, out, 2 if stage and not b else 1))
            width = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def resnet50():
    layers, width = [conv(3, 64, 7, 2), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)], 64
    for stage, (blocks, out) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512))):
        for b in range(blocks):
            layers.append(Bottleneck(width, out, 2 if stage and not b else 1))
            width = 4 * out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, 1000)).eval()


def median_ms(run, runs):
    run()
    run()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return 1e3 * sorted(times)[len(times) // 2]


def training(blocks, channels, edge):
    net = cifar(blocks, channels)
    optimiser = torch.optim.SGD(net.parameters(), 0.01, 0.9, weight_decay=1e-4)
    x, labels = torch.randn(128, channels, edge, edge), torch.randint(10, (128,))

    def step():
        optimiser.zero_grad()
        F.cross_entropy(net(x), labels).backward()
        optimiser.step()

    return median_ms(step, 5)


def inference():
    net = torch.jit.freeze(torch.jit.script(resnet50()))  # folds batch norm
    x = torch.randn(1, 3, 224, 224)
    with torch.no_grad():
        return median_ms(lambda: net(x), 15)


if sys.argv[1] == "export":
    torch.onnx.export(resnet50(), torch.randn(1, 3, 224, 224), sys.argv[2], input_names=["x"], output_names=["y"])
else:
    print(json.dumps({
        "resnet20 train 32x32x3": training(3, 3, 32),
        "resnet20 train 28x28x1": training(3, 1, 28),
        "resnet56 train 32x32x3": training(9, 3, 32),
        "resnet50 infer 224x224x3": inference(),
    }))
