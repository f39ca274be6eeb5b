package kernel

// Command is lab kernel, the child process.
type Command struct{}

// Run serves the parent until it is gone.
func (Command) Run() error { return Serve() }
