package deeper

import "reslab/lessons/lab"

func init() {
	lab.Register("on-the-way-back", checkWayBack)
	lab.Register("norm", checkNorm)
	lab.Register("diagnose", checkDiagnose)
}
