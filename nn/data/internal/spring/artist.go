package spring

// artist draws on a canvas with dice in hand. How much of the thing in front is
// out of focus is the same for all its parts.
type artist struct {
	dice
	*canvas
	blur fix
}

func (a artist) draw(f frame, s shape, paint brush) { a.fill(f, s, paint, a.blur) }

// ring calls draw for n things in a circle, each with the sheet turned its way.
// They stand nearly evenly: nature has a loose hand.
func (a artist) ring(f frame, n int, loose fix, draw func(f frame, i int)) {
	for i := range n {
		draw(f.turn(one*fix(i)/fix(n)+a.around(0, loose/fix(n))), i)
	}
}
