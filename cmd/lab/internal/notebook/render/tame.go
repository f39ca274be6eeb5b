package render

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tamer looks at every link and picture of a text before it is written.
type tamer struct{}

// Transform is asked for by goldmark.
func (tamer) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	o, _ := pc.Get(optionsKey).(Options)
	source := reader.Source()
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = []byte(o.link(string(n.Destination)))
			mark(n, string(n.Destination))
		case *ast.Image:
			n.Destination = []byte(o.picture(string(n.Destination)))
		case *ast.AutoLink:
			if !isWeb(string(n.URL(source))) && n.AutoLinkType != ast.AutoLinkEmail {
				n.SetAttributeString(dead, true)
			}
			mark(n, string(n.URL(source)))
		}
		return ast.WalkContinue, nil
	})
}

// dead marks a link that leads nowhere.
const dead = "dead"

// mark lets a link to another site open beside the notebook, and tell that site nothing.
func mark(n ast.Node, destination string) {
	if isWeb(destination) {
		n.SetAttributeString("target", []byte("_blank"))
		n.SetAttributeString("rel", []byte("noopener noreferrer"))
	}
}

// isWeb tells an address of the web, or of mail, from all else.
func isWeb(destination string) bool {
	u, err := url.Parse(destination)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto")
}

// link returns where a link may lead, empty if nowhere.
func (o Options) link(destination string) string {
	if name, ok := strings.CutPrefix(destination, "#"); ok {
		if name, err := url.PathUnescape(name); err == nil {
			return "#" + url.PathEscape(anchor(name))
		}
		return ""
	}
	if isWeb(destination) {
		return destination
	}
	name, ok := local(destination)
	switch {
	case !ok:
		return ""
	case o.Link != nil:
		return o.Link(name)
	}
	return lessonPage(name)
}

// picture returns where a picture may come from, empty if it may not.
func (o Options) picture(destination string) string {
	if inline.MatchString(destination) {
		return destination
	}
	name, ok := local(destination)
	if !ok || o.Picture == nil || strings.HasPrefix(name, "..") {
		return ""
	}
	return o.Picture(name)
}

// inline is a picture that stands in the text itself. SVG is none: it may hold scripts.
var inline = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$`)

// local returns the clean path that a relative address names.
func local(destination string) (name string, ok bool) {
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || u.Path == "" || strings.HasPrefix(u.Path, "/") || strings.ContainsAny(u.Path, "\\:\x00") {
		return "", false
	}
	return path.Clean(u.Path), true
}

var lessonFile = regexp.MustCompile(`(?:^|/)(\d\d)-[a-z0-9-]+(?:/(?:lesson\.md)?)?$`)

// lessonPage is the page of a lesson that a path names.
func lessonPage(name string) string {
	if m := lessonFile.FindStringSubmatch(name); m != nil {
		return "/lesson/" + m[1]
	}
	return ""
}
