package ladder

// Step is one way to convolve.
type Step struct {
	Name string
	Idea string // in a few words

	// Run computes y from x and w, which have the lengths that s says.
	Run func(s Shape, y, x, w []float32)

	// AllCores is true for a step that shares its work among the cores. Climb
	// runs the others on one.
	AllCores bool
}

// Steps lists the steps from the formula to the fastest. Those in plain Go come
// first; the others run on vectors.
func Steps() []Step {
	return []Step{
		{Name: "naive", Idea: "the formula, loop by loop", Run: Naive},
		{Name: "order of loops", Idea: "memory is read in the order in which it lies", Run: Order},
		{Name: "im2col", Idea: "windows copied into rows: one matrix product", Run: Im2col},
		{Name: "blocking", Idea: "sums stay in registers", Run: Blocking},
		{Name: "Winograd", Idea: "fewer multiplications", Run: Winograd},
		{Name: "vector registers", Idea: "im2col, many numbers an instruction", Run: Registers},
		{Name: "direct", Idea: "tiles read the picture itself: nothing copied", Run: Direct},
		{Name: "Winograd on vectors", Idea: "both together", Run: WinogradTiles},
		{Name: "threads", Idea: "all cores at once", Run: WinogradTiles, AllCores: true},
	}
}
