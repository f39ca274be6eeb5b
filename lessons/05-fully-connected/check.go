package connected

import "reslab/lessons/lab"

func init() {
	lab.Register("dense", checkDense)
	lab.Register("parameters", checkParameters)
	lab.Register("shuffle", checkShuffle)
}
