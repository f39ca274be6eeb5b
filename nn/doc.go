// Package nn is a small library of neural networks, written to be read: each
// layer shows Forward with Backward right below it, and the maths of both above.
//
//	net := nn.NewSequential().
//		Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 1, Out: 8, Kernel: 3, Pad: 1})).
//		Add("relu", nn.NewReLU()).
//		Add("pool", nn.NewGlobalAvgPool()).
//		Add("fc", nn.NewLinear(8, 10))
//	nn.Init(net, 1, nn.HeFanIn)
//	logits := net.Forward(x, true)              // x: [N, H, W, 1]
//	loss, dlogits := nn.CrossEntropy(logits, labels)
//	net.Backward(dlogits)                       // now every Param has its gradient
//
// Numbers are float32, pictures [N, H, W, C] (channels last). docs/reading-order.md
// leads through the files. Wrong use panics with a *Mistake: one sentence that says
// what was wanted. The loops that must be fast are in internal/kernel, each
// beside a plain one that it is tested against.
package nn

import "reslab/nn/internal/kernel"

// KernelName names the loops that this program runs on this processor:
// "generic", "avx2", "avx512" or "neon". The environment variable RESLAB_KERNEL
// forces one.
func KernelName() string { return kernel.Name() }
