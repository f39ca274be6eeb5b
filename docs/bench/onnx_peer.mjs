// Times onnxruntime on the ResNet-50 that torch_peer.py wrote:
//
//	node onnx_peer.mjs FILE.onnx      prints {"resnet50 infer 224x224x3": ms}
import ort from "onnxruntime-node";

const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 2, interOpNumThreads: 1 });
const pixels = Float32Array.from({ length: 3 * 224 * 224 }, (_, i) => Math.sin(i));
const feeds = { x: new ort.Tensor("float32", pixels, [1, 3, 224, 224]) };
const times = [];
for (let run = 0; run < 17; run++) {
  const begin = performance.now();
  await session.run(feeds);
  times.push(performance.now() - begin);
}
const timed = times.slice(2).sort((a, b) => a - b);
console.log(JSON.stringify({ "resnet50 infer 224x224x3": timed[timed.length >> 1] }));
