package norm

import "reslab/lessons/lab"

func init() {
	lab.Register("deviation", checkDeviation)
	lab.Register("normalise", checkNormalise)
	lab.Register("in-use", checkInUse)
}
