package thousand

import "reslab/lessons/lab"

func init() {
	lab.Register("cut", checkCut)
	lab.Register("roads", checkRoads)
	lab.Register("every-road", checkEveryRoad)
}
