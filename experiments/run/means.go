package run

// Means returns the means of about so many runs of neighbours, to draw a curve
// that shakes from step to step; of fewer than twice as many values, all.
func Means(values []float64, points int) []float64 {
	run := max(1, len(values)/points)
	var means []float64
	for from := 0; from < len(values); from += run {
		part := values[from:min(from+run, len(values))]
		var sum float64
		for _, v := range part {
			sum += v
		}
		means = append(means, sum/float64(len(part)))
	}
	return means
}
