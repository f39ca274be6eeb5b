package pictures

import "reslab/lessons/lab"

func init() {
	lab.Register("place", checkPlace)
	lab.Register("brighten", checkBrighten)
	lab.Register("nudge", checkNudge)
}
