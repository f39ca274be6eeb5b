package nn

// addToRows adds v to every row of y.
func addToRows(y, v []float32) {
	for from := 0; from < len(y); from += len(v) {
		row := y[from : from+len(v)]
		for i := range row {
			row[i] += v[i]
		}
	}
}
