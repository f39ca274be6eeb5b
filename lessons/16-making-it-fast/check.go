package fast

import "reslab/lessons/lab"

func init() {
	lab.Register("tile-loads", checkFetches)
	lab.Register("order", checkProduct)
	lab.Register("four-products", checkTwo)
	lab.Register("speedup", checkSpeedup)
}
