#!/usr/bin/env bash
# Measures this project beside PyTorch (Debian: python3-torch) and onnxruntime
# (npm), on two threads each, in turns, so that all see the same machine. Prints
# medians and ratios; the rounds are the argument, 5 if there is none.
#
#   docs/bench/peers.sh [ROUNDS] > docs/bench/peers.md
#
# ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 RESLAB_KERNEL=avx2 before it
# compares PyTorch and this project without AVX-512 (onnxruntime cannot be told).
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-5}
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd ../.. && go build -o "$work/lab" ./cmd/lab)
"$python" torch_peer.py export "$work/resnet50.onnx" >&2
if [ -z "${RESLAB_KERNEL:-}" ] && command -v npm >/dev/null; then
  cp package.json onnx_peer.mjs "$work"
  (cd "$work" && npm install --ignore-scripts --no-audit --no-fund >&2)
fi

load=$(uptime | sed "s/.*average[s]*: *//; s/,* .*//")
for round in $(seq "$rounds"); do
  echo "round $round of $rounds" >&2
  GOMAXPROCS=2 "$work/lab" bench --nets --json >"$work/reslab.$round.json"
  "$python" torch_peer.py time >"$work/torch.$round.json"
  [ ! -d "$work/node_modules" ] || (cd "$work" && node onnx_peer.mjs resnet50.onnx >"onnxruntime.$round.json")
done
"$python" compare.py "$work" "$load"
