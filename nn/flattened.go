package nn

// NoteFlattened follows one picture of the given shape, as 32, 32, 3, through the
// model and notes in every parameter whose input axis is a flattened picture how
// it was: see Param.Flattened. A checkpoint needs that, for PyTorch flattens
// channels first. A Flatten's parameters are those of the next Linear, and of
// what stands between them.
func NoteFlattened(model Layer, input ...int) {
	var flat [3]int // what the last Flatten flattened; zero behind a Linear
	s := &Summary{}
	s.visit = func(l Layer, in []int) {
		switch l := l.(type) {
		case *Flatten:
			flat = [3]int{1, 1, size(in[1:])}
			if len(in) == 4 {
				flat = [3]int{in[1], in[2], in[3]}
			}
		case *Linear:
			l.Weight.Flattened = flat
			flat = [3]int{}
		case *BatchNorm2D:
			for _, p := range l.Params() {
				p.Flattened = flat
			}
		}
	}
	s.follow(&child{layer: model}, "", false, append([]int{1}, input...))
}
