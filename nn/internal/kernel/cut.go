package kernel

// cut says how the work of a slide is cut into items: each picture into bands
// of so many rows, the passes into parts. No sum is ever cut: the results do not
// depend on it.
//
// An item is one band, or a lot of them where pictures come from memory and weights
// are few: while the tiles work on one they ask for the next. (On a core of AMD Zen 3,
// eight pictures of 56x56: 64 to 64 channels went 1.2 times as fast, 256 to 64 1.3
// times.)
type cut struct {
	bands, rows, parts int
	lot                int // bands of an item
	// frameFirst: all pictures are put into their frames before the items begin,
	// since several items would frame the same rows again.
	frameFirst bool
}

func (s *slide) newCut() cut {
	const (
		perCore    = 8       // items, as if there were two cores at least: more cut up what is stored in a row
		minWork    = 1 << 20 // products of an item: some ten microseconds
		minPixels  = 96      // of a band, for each load of the weights
		idlePixels = 24      // the same where cores would have no work else
		manyPixels = 200     // the same where the parts alone are work for all cores
		manyParts  = 4       // for each core
		maxSource  = 1 << 16 // floats of a band: they stay in the second-level cache
		maxWeights = 1 << 18 // floats of a part's weights: so do they
	)
	height, width, work := 0, 0, 0
	for _, p := range s.passes {
		height, width = max(height, p.y.count), max(width, p.x.count)
		work += s.n * p.y.count * p.x.count * len(p.runs) * p.length * p.width
	}
	items := max(1, min(work/minWork, perCore*max(2, s.cores)))
	rows := ceilDiv(height, ceilDiv(items, max(s.n, 1)))
	rows = min(rows, max(1, maxSource/(s.step*s.frame.w*s.frame.channels)))
	pixels := minPixels
	switch {
	case len(s.passes) >= manyParts*s.cores:
		pixels = manyPixels
	case s.n*len(s.passes)*ceilDiv(height*width, minPixels) < min(s.cores, items):
		pixels = idlePixels
	}
	rows = min(height, max(rows, ceilDiv(pixels, width)))
	c := cut{bands: ceilDiv(height, rows)}
	c.rows = ceilDiv(height, c.bands)
	c.parts = max(ceilDiv(items, max(s.n*c.bands, 1)), ceilDiv(s.weights, maxWeights))
	c.parts = min(c.parts, len(s.passes))
	c.lot = min(s.lotOf(c.rows*width), c.rows) // no band has less than a row
	c.rows = ceilDiv(c.rows, c.lot)
	c.bands = ceilDiv(height, c.rows)
	again := s.frame.reach - s.step // rows that a band shares with the next
	c.frameFirst = !s.frame.bare() && (c.parts > 1 || c.bands > 1 && 3*again > c.rows*s.step)
	return c
}

// lotOf says into how many bands an item of so many pixels is cut.
func (s *slide) lotOf(pixels int) int {
	const (
		farSource   = 1 << 20 // floats of a batch: too many for the caches
		nearSource  = 1 << 14 // floats of a band, which comes while its forerunner is done
		fewPixels   = 48      // of a band, for each load of the weights
		nearWeights = 1 << 15 // floats of all weights: they stay beside two such bands
	)
	if !s.frame.bare() || s.step > 1 || s.weights > nearWeights || s.n*s.source.size() < farSource {
		return 1
	}
	return max(1, pixels/max(fewPixels, nearSource/s.source.channels))
}
