package firstnet

import "reslab/lessons/lab"

func init() {
	lab.Register("descend", checkDescend)
	lab.Register("push", checkPush)
	lab.Register("confusion", checkConfusion)
}
