package pooling

import "reslab/lessons/lab"

func init() {
	lab.Register("maxpool", checkMaxpool)
	lab.Register("globalAverage", checkGlobalAverage)
	lab.Register("holds", checkHolds)
}
