package symbols

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"sync"
)

//go:embed docs.gz
var packedDocs []byte

// documented is what the comments of a package say, as package gen writes it.
type documented struct {
	Path string
	Docs []struct{ Name, Doc string }
}

// Doc returns what the comment at a name of a package says, as of "Conv2D" or
// "Conv2D.Forward" in "reslab/nn"; the empty name is the package. It returns
// nothing where there is no comment.
func Doc(path, name string) string { return readDocs()[path][name] }

// readDocs unpacks the comments, once, when the first one is asked for.
var readDocs = sync.OnceValue(func() map[string]map[string]string {
	var list []documented
	docs := map[string]map[string]string{}
	r, err := gzip.NewReader(bytes.NewReader(packedDocs))
	if err == nil {
		err = gob.NewDecoder(r).Decode(&list)
	}
	if err != nil {
		panic(err) // the file is part of the program
	}
	for _, p := range list {
		docs[p.Path] = make(map[string]string, len(p.Docs))
		for _, d := range p.Docs {
			docs[p.Path][d.Name] = d.Doc
		}
	}
	return docs
})
