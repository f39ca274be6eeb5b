package viz

// Narrow returns the picture for a column of width pixels, on a phone: its letters keep their
// size, and panels stand below each other. A picture that has room enough is returned as it is,
// and so is a grid of images, which has next to no letters. p itself does not change.
func Narrow(p Picture, width int) Picture {
	switch p := p.(type) {
	case *Figure:
		if or(p.Width, figureWidth) > float64(width) {
			narrow := *p
			narrow.Width = width
			return &narrow
		}
	case *HeatMap:
		if or(p.Width, figureWidth) > float64(width) {
			narrow := *p
			narrow.Width = width
			return &narrow
		}
	case *Panels:
		if or(p.Width, panelsWidth) > float64(width) {
			narrow := *p
			narrow.Width, narrow.Columns = width, 1
			return &narrow
		}
	}
	return p
}
