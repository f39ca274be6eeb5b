package convolution

import "reslab/lessons/lab"

func init() {
	lab.Register("stops", checkStops)
	lab.Register("convolve", checkConvolve)
	lab.Register("cost", checkCost)
}
