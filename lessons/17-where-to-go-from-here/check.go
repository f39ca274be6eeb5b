package beyond

import "reslab/lessons/lab"

func init() {
	lab.Register("on-disk", checkOnDisk)
	lab.Register("attend", checkAttend)
	lab.Register("clear-road", checkPreNorm)
	lab.Register("patches", checkPatches)
}
