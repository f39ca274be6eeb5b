"""Makes torch.safetensors and torch.json: a net of PyTorch's, and its logits.

Needs Debian's PyTorch (apt-get install python3-torch; made with 1.13). From
the repository's root:

    /usr/bin/python3 nn/weights/testdata/golden.py

The file is written here by hand, from the format's description, with another
type of number for each kind of parameter. The net computes with the numbers as
they are in the file, in float64, so that a reader that rounds or turns anything
is found out.
"""

import json
import pathlib
import struct
from collections import OrderedDict

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64, "I64": torch.int64}
KINDS = {"fc1.weight": "F16", "bn2.running_var": "BF16", "conv.bias": "F64", "bn1.num_batches_tracked": "I64", "bn2.num_batches_tracked": "I64"}


def content(t):
    """The bytes of a tensor; NumPy knows no bfloat16."""
    if t.dtype == torch.bfloat16:
        t = t.view(torch.int16)
    return t.contiguous().numpy().tobytes()


def main():
    torch.manual_seed(1)
    net = nn.Sequential(OrderedDict(
        conv=nn.Conv2d(2, 3, 3, padding=1),
        bn1=nn.BatchNorm2d(3),
        relu1=nn.ReLU(),
        pool=nn.MaxPool2d(2),
        flatten=nn.Flatten(),
        bn2=nn.BatchNorm1d(2 * 3 * 3),
        fc1=nn.Linear(2 * 3 * 3, 5),
        relu2=nn.ReLU(),
        fc2=nn.Linear(5, 4),
    )).eval()
    header, data = {"__metadata__": {"format": "pt", "input": "[4,6,2]"}}, b""
    for name, value in net.state_dict().items():
        kind = KINDS.get(name, "F32")
        if value.dtype.is_floating_point:
            value.copy_(torch.rand(value.shape) + 0.1 if "running_var" in name else torch.randn(value.shape))
            value.copy_(value.to(TYPES[kind]))
        stored = content(value.to(TYPES[kind]))
        header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(stored)]}
        data += stored
    text = json.dumps(header).encode()
    (FOLDER / "torch.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)

    x = torch.randn(2, 2, 4, 6)
    logits = net.double()(x.double())
    (FOLDER / "torch.json").write_text(json.dumps({"x": x.permute(0, 2, 3, 1).flatten().tolist(), "logits": logits.flatten().tolist()}) + "\n")


if __name__ == "__main__":
    main()
