package compare

// Page is the file that Write writes.
const Page = "compare.html"

// Write writes.
func (c *Comparison) Write(folder string) error { return nil }
