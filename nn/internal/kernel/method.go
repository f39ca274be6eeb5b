package kernel

// Winograd says whether Forward, InputGrad and WeightGrad are done in
// Winograd's way: see winogradPays.
func (c Conv) Winograd() bool { return c.winogradForm() != nil }

// Winograd says whether ForwardPacked with these weights is.
func (p *Packed) Winograd() bool { return p.form != nil }
