package kernel

// PID returns the number of the child's process, 0 after Close.
func (c *Client) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return 0
	}
	return c.process.command.Process.Pid
}

// Kill ends the child as the system may do.
func (c *Client) Kill() {
	c.mu.Lock()
	p := c.process
	c.mu.Unlock()
	_ = p.command.Process.Kill()
	<-p.ended
}

var (
	ReadMessage = readMessage
	Shorten     = shorten
)

const MostOutput = mostOutput
