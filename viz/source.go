//go:build !symbols

package viz

import "embed"

// Source is the source of this package, for who writes it along with a program
// that needs it.
//
//go:embed *.go page/*.html page/*.css page/*.js page/dist/placeholder.txt
var Source embed.FS
