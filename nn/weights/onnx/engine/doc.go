// Package engine runs the graph of an ONNX file as it is written: node after
// node, pictures channels first, nothing folded and nothing left out.
//
//	model, err := onnx.Read("flowers.onnx")
//	e, err := engine.New(model, folder)
//	out, err := e.Run(ctx, map[string]*onnx.Tensor{"input": x})
//
// Each operator is a function of its own, sorted by idea: conv.go and pool.go
// slide a window, elementwise.go bends and joins numbers, move.go moves them about,
// shape.go gives them other shapes, reduce.go and norm.go look at many at once, and
// matmul.go multiplies tables. operators.go has the list.
package engine
