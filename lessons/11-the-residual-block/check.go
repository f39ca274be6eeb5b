package residual

import "reslab/lessons/lab"

func init() {
	lab.Register("way-back", checkWayBack)
	lab.Register("highway", checkHighway)
	lab.Register("add-road", checkAddRoad)
	lab.Register("count", checkCount)
}
