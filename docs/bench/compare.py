#!/usr/bin/env python3
"""Prints what peers.sh measured: medians over the rounds, and ratios.

compare.py FOLDER reads reslab.N.json, torch.N.json and onnxruntime.N.json.
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
        found = {f"{n['name']} {n['mode']} {'x'.join(map(str, n['input']))}": n["ms"]
                 for n in found["nets"] if n["mode"] == "train" or n["batch"] == 1}
    for case, ms in found.items():
        times[case][program].append(ms)

rounds = max(len(ms) for programs in times.values() for ms in programs.values())
print(f"# Beside others\n\n{machine['cpu']}, 2 threads, {machine['kernel']} kernels; medians of {rounds} rounds in turns. "
      "Training: a step on 128 pictures. A ratio above 1: this project is faster.\n")
print("| net | this project, ms | PyTorch, ms | ratio | onnxruntime, ms | ratio |\n|---|---|---|---|---|---|")
for case, programs in times.items():
    ours = statistics.median(programs["reslab"])
    row = [case, f"{ours:.1f}"]
    for peer in ("torch", "onnxruntime"):
        ms = programs.get(peer)
        row += [f"{statistics.median(ms):.1f}", f"{statistics.median(ms) / ours:.2f}"] if ms else ["", ""]
    print("| " + " | ".join(row) + " |")
