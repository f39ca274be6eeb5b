package backpropagation

import "reslab/lessons/lab"

func init() {
	lab.Register("twice", checkTwice)
	lab.Register("linear-back", checkLinear.judge)
	lab.Register("pool-back", checkPool)
	lab.Register("conv-back", checkConv.judge)
}
