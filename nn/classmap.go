package nn

// ClassMap returns a net that says where the scores of a model come from: the
// model without its global average pooling, so that its fully connected layer works
// at every place. From [N, H, W, C] it makes [N, H', W', classes]; the mean of
// the map of a class over all places is the model's score for it.
// This is the class activation map, with the bias at each place (Zhou et al. 2016, arXiv
// 1512.04150, section 2).
//
// The model must end with a global average pooling and a fully connected layer, as
// ResNets do; else there is an error. The weights are shared with the model, which
// stays as it is.
func ClassMap(model Layer) (Layer, error) {
	var leaves []Layer
	var pooling string
	walk("", &child{layer: model}, true, func(at string, c *child) {
		if isContainer(c.layer) {
			return
		}
		leaves = append(leaves, c.layer)
		if _, is := c.layer.(*GlobalAvgPool); is {
			pooling = at
		}
	})
	if n := len(leaves); n < 2 || !endsWithMean(leaves[n-2], leaves[n-1]) {
		return nil, mistake("ClassMap", "the model must end with a global average pooling and a fully connected layer, and nothing between them")
	}
	open := Clone(model)
	Replace(open, pooling, NewSequential())
	return open, nil
}

func endsWithMean(pool, head Layer) bool {
	_, pools := pool.(*GlobalAvgPool)
	_, scores := head.(*Linear)
	return pools && scores
}
