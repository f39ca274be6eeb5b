// Package docs holds the pages for who reads, learns, teaches and builds on, and
// the measurements that they quote. Its tests hold the pages against the code.
package docs

import "embed"

// Files holds what lab itself reads of all this: the popular story, and the
// results of the runs that it quotes.
//
//go:embed popular-story.md at-the-start thousand-layers
var Files embed.FS
