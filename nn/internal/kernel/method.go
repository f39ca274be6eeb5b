package kernel

// Winograd says whether Forward and InputGrad are done in Winograd's way: see
// winogradPays.
func (c Conv) Winograd() bool { return c.winogradForm() != nil }

// WinogradWeightGrad says whether WeightGrad is.
func (c Conv) WinogradWeightGrad() bool { return c.winogradWeightGradForm() != nil }

// Winograd says whether ForwardPacked with these weights is.
func (p *Packed) Winograd() bool { return p.form != nil }
