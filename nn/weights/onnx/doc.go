// Package onnx reads and writes ONNX files, in which a net is kept with its
// graph: not only the weights, but which layer reads what. Other engines read
// them, and PyTorch writes them.
//
//	model, err := onnx.Export(net, meta)              // a net of nn, as a graph
//	err = onnx.Write("flowers.onnx", model)
//	model, err = onnx.Read("flowers.onnx")            // from anywhere
//
// Package engine, below this one, runs what was read. A graph holds pictures
// channels first, as [N, C, H, W], and weights in PyTorch's layout.
//
// An ONNX file is one message in the format of Protocol Buffers. proto.go has the
// messages as tables, wire.go reads and writes by them.
package onnx
