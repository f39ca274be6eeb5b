package thousand

import (
	"slices"

	"reslab/lessons/lab/labtest"
	"reslab/nn"
)

// byCalling is everyRoad that calls itself.
func byCalling(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
	if len(bodies) == 0 {
		return x.Clone()
	}
	return plus(byCalling(bodies[1:], x), byCalling(bodies[1:], bodies[0].Forward(x, false)))
}

// goAll sends x over the roads of a net, and says how a road goes on in each block.
func goAll(bodies []nn.Layer, x *nn.Tensor, roads int, step func(road, i int, y *nn.Tensor) *nn.Tensor) *nn.Tensor {
	sum := nn.NewTensor(x.Shape...)
	for road := range roads {
		y := x
		for i := range bodies {
			y = step(road, i, y)
		}
		sum = plus(sum, y)
	}
	return sum
}

func everyRoadAnswers() labtest.Exercise {
	f := func(f everyRoadFunc) everyRoadFunc { return f }
	// when goes through body i of a road when the rule says so.
	when := func(roads func(n int) int, rule func(road, i int) bool) everyRoadFunc {
		return func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
			return goAll(bodies, x, roads(len(bodies)), func(road, i int, y *nn.Tensor) *nn.Tensor {
				if rule(road, i) {
					return bodies[i].Forward(y, false)
				}
				return y
			})
		}
	}
	allRoads := func(n int) int { return 1 << n }
	hasBit := func(road, i int) bool { return road>>i&1 == 1 }
	return labtest.Exercise{
		Name: "every-road",
		Right: map[string]any{
			"the solution":    f(everyRoad),
			"it calls itself": f(byCalling),
			"the bits reversed": f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				return goAll(bodies, x, 1<<len(bodies), func(road, i int, y *nn.Tensor) *nn.Tensor {
					if road&(1<<(len(bodies)-1-i)) != 0 {
						return bodies[i].Forward(y, false)
					}
					return y
				})
			}),
		},
		Wrong: map[string]labtest.Wrong{
			"the stub": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { return x }), "That is the road over all shortcuts alone"),
			"the plain net": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				return goAll(bodies, x, 1, func(_, i int, y *nn.Tensor) *nn.Tensor { return bodies[i].Forward(y, false) })
			}), "the road through all bodies alone, as in a plain net"),
			"x itself is missing":           labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { return minus(everyRoad(bodies, x), x) }), "x itself arrives, too"),
			"the last road is missing":      labtest.Refused(when(func(n int) int { return 1<<n - 1 }, hasBit), "The road through all bodies is missing"),
			"two roads a body":              labtest.Refused(when(func(n int) int { return 2 * n }, hasBit), "and not 2*n"),
			"as many roads as bodies":       labtest.Refused(when(func(n int) int { return n }, hasBit), "and not n."),
			"the place in place of the bit": labtest.Refused(when(allRoads, func(road, i int) bool { return road&i != 0 }), "road&i is not bit i"),
			"the bits above, too":           labtest.Refused(when(allRoads, func(road, i int) bool { return road>>i != 0 }), "is missing an &1"),
			"one body a road": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := x.Clone()
				for _, body := range bodies {
					sum = plus(sum, body.Forward(x, false))
				}
				return sum
			}), "A road may lead through several"),
			"one body a road, without x": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := nn.NewTensor(x.Shape...)
				for _, body := range bodies {
					sum = plus(sum, body.Forward(x, false))
				}
				return sum
			}), "A road may lead through none, or through several"),
			"from the last body on": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				back := slices.Clone(bodies)
				slices.Reverse(back)
				return byCalling(back, x)
			}), "The first body stands first on every road"),
			"each body gets x": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				return goAll(bodies, x, 1<<len(bodies), func(road, i int, y *nn.Tensor) *nn.Tensor {
					if hasBit(road, i) {
						return bodies[i].Forward(x, false)
					}
					return y
				})
			}), "give each body what the one before returned"),
			"a road begins where the last one ended": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				last := x
				return goAll(bodies, x, 1<<len(bodies), func(road, i int, _ *nn.Tensor) *nn.Tensor {
					if hasBit(road, i) {
						last = bodies[i].Forward(last, false)
					}
					return last
				})
			}), "set y = x for each road anew"),
			"bit i+1":     labtest.Refused(when(allRoads, func(road, i int) bool { return hasBit(road, i+1) }), "without a + 1"),
			"not a power": labtest.Refused(when(func(n int) int { return 2 ^ n }, hasBit), "In Go ^ is no power"),
			"the shortcut, too": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				return goAll(bodies, x, 1<<len(bodies), func(road, i int, y *nn.Tensor) *nn.Tensor {
					if hasBit(road, i) {
						return plus(y, bodies[i].Forward(y, false))
					}
					return y
				})
			}), "do not add y here"),
			"x over each shortcut": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := x
				for _, body := range bodies {
					y = plus(body.Forward(y, false), x)
				}
				return y
			}), "goes what has arrived there"),
			"added on the way": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := nn.NewTensor(x.Shape...)
				goAll(bodies, x, 1<<len(bodies), func(road, i int, y *nn.Tensor) *nn.Tensor {
					if hasBit(road, i) {
						y = bodies[i].Forward(y, false)
					}
					sum = plus(sum, y)
					return y
				})
				return sum
			}), "Only what arrives at the end is added"),
			"a shortcut ends the road":  labtest.Refused(f(onceOff), "the road goes on, too"),
			"the last body is not seen": labtest.Refused(f(beyond), "Where no body is left"),
			"x once too often":          labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { return plus(x, byCalling(bodies, x)) }), "x is in it once too often"),
			"the mean": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				sum := byCalling(bodies, x)
				for i := range sum.Data {
					sum.Data[i] /= float32(int(1) << len(bodies))
				}
				return sum
			}), "No mean is taken"),
			"block by block": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				y := x.Clone()
				for _, body := range bodies {
					y = plus(y, body.Forward(y, false))
				}
				return y
			}), "each body is asked once: that is the net itself"),
			"x is overwritten": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				for _, body := range bodies {
					for i, v := range body.Forward(x, false).Data {
						x.Data[i] += v
					}
				}
				return x
			}), "All roads begin with x: leave it as it is"),
			"made for pairs": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
				return nn.FromSlice(byCalling(bodies, x).Data[:2], 1, 2)
			}), "the result must have the shape [2 3]"),
			"nothing is returned": labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { return nil }), "yours returns nil"),
			"a panic":             labtest.Refused(f(func(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor { panic("no") }), "For x=[1 5] and the body y = 2x yours panics: no."),
		},
	}
}

func minus(a, b *nn.Tensor) *nn.Tensor {
	y := a.Clone()
	for i, v := range b.Data {
		y.Data[i] -= v
	}
	return y
}

// onceOff leaves the bodies at the first shortcut.
func onceOff(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
	if len(bodies) == 0 {
		return x
	}
	return plus(x, onceOff(bodies[1:], bodies[0].Forward(x, false)))
}

// beyond looks for a body behind the last one.
func beyond(bodies []nn.Layer, x *nn.Tensor) *nn.Tensor {
	for ; ; bodies = bodies[1:] {
		x = bodies[0].Forward(x, false)
	}
}
