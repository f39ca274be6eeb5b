"""Writes the graphs of small nets as PyTorch exports them, and what PyTorch
computes: NAME.onnx and golden.json, for golden_test.go. It needs PyTorch
(Debian: python3-torch) and takes a second.

    python3 nn/weights/onnx/engine/testdata/golden.py
"""

import json
import os

import torch
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(1)


class Block(nn.Module):
    """A residual block with a projection."""

    def __init__(self, inside, out, stride):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(inside, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU(), nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out))
        self.downsample = nn.Sequential(nn.Conv2d(inside, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        return torch.relu(self.body(x) + self.downsample(x))


class Squeeze(nn.Module):
    """A channel's gate, and shapes that are computed in the graph."""

    def __init__(self, channels):
        super().__init__()
        self.gate = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        x = x * torch.sigmoid(self.gate(x.mean((2, 3), keepdim=True)))
        a, b = x.split(x.shape[1] // 2, 1)
        x = torch.cat([b, a[:, :, ::1].permute(0, 1, 3, 2).transpose(2, 3)], 1)
        x = torch.nn.functional.pad(x, (1, 0, 2, 1), mode="reflect")
        return x.reshape(x.shape[0], x.shape[1], -1)


class Attention(nn.Module):
    """A head of attention, with a layer norm."""

    def __init__(self, width):
        super().__init__()
        self.norm, self.ask, self.key, self.value = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        y = self.norm(x)
        shares = torch.softmax(self.ask(y) @ self.key(y).transpose(1, 2) / y.shape[-1] ** 0.5, -1)
        return x + nn.functional.gelu(shares @ self.value(y))


nets = {
    "resnet": (nn.Sequential(nn.Conv2d(3, 4, 7, 2, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(3, 2, 1), Block(4, 6, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 5)), (2, 3, 17, 19), 13),
    "mobile": (nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.Hardswish(), nn.Conv2d(4, 4, 3, 1, 1, groups=4), nn.ReLU6(), nn.Hardsigmoid(), nn.Conv2d(4, 6, (1, 3), padding=(0, 1)), nn.AvgPool2d(3, 2, 1, ceil_mode=True), nn.Flatten(), nn.Linear(72, 4), nn.LogSoftmax(1)), (1, 3, 11, 9), 14),
    "vgg": (nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True), nn.Conv2d(3, 4, 3, padding=2, dilation=2), nn.LeakyReLU(0.2), nn.AvgPool2d(2, count_include_pad=False), nn.Flatten(), nn.Linear(36, 6), nn.Dropout(), nn.Tanh(), nn.Linear(6, 3), nn.Softmax(1)), (2, 1, 11, 12), 11),
    "rows": (nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.ELU(), nn.Linear(4, 3), nn.PReLU(), nn.Softplus()), (3, 5), 9),
    "squeeze": (Squeeze(4), (2, 4, 5, 6), 13),
    "attention": (Attention(6), (2, 3, 6), 16),
}
golden = {}
for name, (net, shape, opset) in nets.items():
    for p in list(net.parameters()) + [b for b in net.buffers() if b.dtype == torch.float32]:
        p.data = torch.rand_like(p) - (0.5 if p.dim() > 1 else 0)
    net.eval()
    x = torch.rand(shape) * 2 - 1
    with torch.no_grad():
        y = net(x)
    torch.onnx.export(net, x, os.path.join(here, name + ".onnx"), opset_version=opset, input_names=["input"], output_names=["output"], dynamic_axes={"input": {0: "batch"}})
    golden[name] = {"x": [round(v, 9) for v in x.flatten().tolist()], "shape": list(shape), "y": y.flatten().tolist(), "out": list(y.shape)}
with open(os.path.join(here, "golden.json"), "w") as f:
    json.dump(golden, f)
