package flowers

import "reslab/lessons/lab"

func init() {
	lab.Register("nearest", checkNearest)
	lab.Register("hold", checkHold)
	lab.Register("by-plant", checkByPlant)
}
