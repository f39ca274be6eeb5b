package resnet50

import "reslab/lessons/lab"

func init() {
	lab.Register("bottleneck", checkBottleneck)
	lab.Register("resnet", checkResnet)
	lab.Register("seen", checkSeen)
}
