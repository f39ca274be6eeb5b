#!/usr/bin/env python3
"""Prints what peers.sh measured: medians over the rounds, and ratios.

compare.py FOLDER LOAD reads reslab.N.json, torch.N.json and onnxruntime.N.json
of each round N. LOAD says how busy the machine was.
"""
import collections
import glob
import json
import os
import statistics
import sys

folder = sys.argv[1]
times = collections.defaultdict(lambda: collections.defaultdict(list))  # case, program: ms of each round
machine = {}
for path in sorted(glob.glob(os.path.join(folder, "*.*.json"))):
    program = os.path.basename(path).split(".")[0]
    with open(path) as f:
        found = json.load(f)
    if program == "reslab":
        machine = found
        found = ours = {f"{n['name']} {n['mode']} {'x'.join(map(str, n['input']))}": n["ms"]
                 for n in found["nets"] if n["mode"] == "train" or n["batch"] == 1}
    for case, ms in found.items():
        times[case][program].append(ms)


def cells(case, peer):
    """The peer's median, and the median of the rounds' ratios with their range."""
    theirs = times[case].get(peer)
    if not theirs:
        return ["", ""]
    ratios = sorted(t / o for t, o in zip(theirs, times[case]["reslab"]))
    return [f"{statistics.median(theirs):.1f}", f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"]


def line(columns):
    print("| " + " | ".join(columns) + " |")


peers = {peer: name for peer, name in (("torch", "PyTorch"), ("onnxruntime", "onnxruntime")) if any(peer in t for t in times.values())}
cases = list(ours)
rounds = len(times[cases[0]]["reslab"])
isa = os.environ.get("ONEDNN_MAX_CPU_ISA")
print(f"""# Beside others

Made by `peers.sh`: do not edit.

{machine['cpu']}, 2 threads, {machine['kernel']} kernels{f", PyTorch with {isa}" if isa else ""}; medians of {rounds} rounds in turns, and in brackets the
range of the rounds. Training: a step on 128 pictures. Inference: one picture. A ratio above 1: this project is faster.
Load of the machine by other work before the first round: {sys.argv[2]}.
""")
line(["net", "this project, ms"] + [column for name in peers.values() for column in (f"{name}, ms", "ratio")])
line(["---"] + ["--:"] * (1 + 2 * len(peers)))
for case in cases:
    line([case, f"{statistics.median(times[case]['reslab']):.1f}"] + [cell for peer in peers for cell in cells(case, peer)])
