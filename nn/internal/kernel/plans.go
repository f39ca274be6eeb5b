package kernel

import (
	"runtime"
	"sync"
)

// A net calls the same few shapes again and again: what can be worked out from
// the shape alone is kept.

// plans are those of one operation, by geometry.
type plans[P any] struct {
	make  func(Conv) P
	mutex sync.RWMutex
	made  map[planKey]P
}

// planKey is the geometry, the name of the tiles, and GOMAXPROCS.
type planKey struct {
	Conv
	tiles string
	cores int
}

// maxPlans is more than the largest nets have shapes. Beyond it all begins anew.
const maxPlans = 1000

func (p *plans[P]) of(c Conv) P {
	key := planKey{c, kernels.name, runtime.GOMAXPROCS(0)}
	p.mutex.RLock()
	plan, ok := p.made[key]
	p.mutex.RUnlock()
	if ok {
		return plan
	}
	plan = p.make(c)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.made == nil || len(p.made) >= maxPlans {
		p.made = map[planKey]P{}
	}
	p.made[key] = plan
	return plan
}
