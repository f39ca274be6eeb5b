package run

import (
	"fmt"
	"time"
)

// Request is what somebody asks of an experiment: the first part of config.json.
// Who goes on with a run may leave out all but the name.
type Request struct {
	Experiment string  `json:"experiment"`
	Settings   Values  `json:"settings,omitempty"`
	Budget     string  `json:"budget,omitempty"` // as "2m0s"; empty: no limit
	Seed       *uint64 `json:"seed,omitempty"`   // nil: 1
}

// Open opens the folder of a run at a path, as OpenFolder does, and returns what
// there is to do in it. A run that goes on does so with the request that it
// began with; a request for something else is refused. One that leaves out all but
// the name begins no run where there is none to go on with. The caller closes
// job.Folder.
func (e *Experiment) Open(r Request, path string, resume bool) (*Job, error) {
	r.Experiment = e.Name
	asked := len(r.Settings) > 0 || r.Budget != "" || r.Seed != nil
	folder, err := OpenFolder(FolderConfig{Path: path, Name: e.Name, Config: r, Resume: resume, Known: resume && !asked})
	if err != nil {
		return nil, err
	}
	job, err := e.job(folder)
	if err != nil {
		folder.Close()
		return nil, err
	}
	return job, nil
}

// job reads the request in a folder, and completes it if the run begins.
func (e *Experiment) job(folder *Folder) (*Job, error) {
	var r Request
	err := folder.Config(&r)
	if err != nil {
		return nil, err
	}
	damaged := func(err error) error {
		return fmt.Errorf("%s in %s is damaged: %w; name another folder with --out", configFile, folder.path, err)
	}
	if r.Settings, err = e.Parse(r.Settings, nil); err != nil {
		return nil, damaged(err)
	}
	if r.Seed == nil {
		r.Seed = new(uint64(1))
	}
	job := &Job{Values: r.Settings, Seed: *r.Seed, Folder: folder, Progress: Quiet}
	if r.Budget != "" {
		if job.Budget, err = time.ParseDuration(r.Budget); err != nil {
			return nil, damaged(err)
		}
	}
	if folder.Resumed() {
		return job, nil
	}
	return job, folder.WriteJSON(configFile, r)
}
