package cell

import (
	"encoding/json"
	"image"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// structType is a learner's struct type with fields of compiled types.
func structType(name string, fields ...rfield) *rtype {
	return &rtype{name: "main." + name, kind: reflect.Struct, fields: fields, methods: map[string]rmethod{}}
}

// TestJSONFields goes by the rules of encoding/json: the fields of an embedded
// struct stand among the others, the shallowest of one name counts.
func TestJSONFields(t *testing.T) {
	point := compiledType(reflect.TypeFor[image.Point]())
	base := structType("Base", rfield{name: "ID", exported: true, tag: `json:"id"`, typ: compiledType(reflect.TypeFor[int]())})
	whole := structType("Whole",
		rfield{name: "Point", exported: true, embedded: true, typ: point},
		rfield{name: "Base", exported: true, embedded: true, typ: base},
		rfield{name: "Y", exported: true, tag: `json:",omitempty"`, typ: compiledType(reflect.TypeFor[string]())},
		rfield{name: "hidden", typ: point},
		rfield{name: "Skipped", exported: true, tag: `json:"-"`, typ: point},
	)
	var got []string
	for _, f := range jsonFields(whole) {
		got = append(got, f.name)
	}
	if want := []string{"X", "id", "Y"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the fields are %q, not %q", got, want)
	}
}

// TestJSONThereAndBack writes values by the table of their type and reads them
// again; what is written is what encoding/json writes.
func TestJSONThereAndBack(t *testing.T) {
	type leaf struct {
		image.Point
		Name  string        `json:"name,omitempty"`
		Count int           `json:",string"`
		After time.Duration `json:"after"`
		List  []float64
	}
	of := reflect.TypeFor[leaf]()
	mine := structType("Leaf", compiledType(of).parts()...)
	rapid.Check(t, func(t *rapid.T) {
		value := leaf{image.Pt(rapid.Int().Draw(t, "x"), rapid.Int().Draw(t, "y")), rapid.String().Draw(t, "name"),
			rapid.Int().Draw(t, "count"), time.Duration(rapid.Int64().Draw(t, "after")), rapid.SliceOf(rapid.Float64()).Draw(t, "list")}
		want, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		got, err := marshal(box{mine, value})
		if err != nil || string(got) != string(want) {
			t.Fatalf("%s, not %s (%v)", got, want, err)
		}
		var back, read leaf
		if err := json.Unmarshal(want, &back); err != nil {
			t.Fatal(err)
		}
		var r jsonReader
		if err := r.value(mine, reflect.ValueOf(&read), got); err != nil || r.misfit != nil || !reflect.DeepEqual(read, back) {
			t.Fatalf("reads %v, not %v (%v, %v)", read, back, err, r.misfit)
		}
	})
}

// FuzzUnmarshal compares with encoding/json: the same value, an error where it
// has one.
func FuzzUnmarshal(f *testing.F) {
	type leaf struct {
		image.Point
		N    int8 `json:"n,string"`
		List []bool
		M    map[int]string
		Any  any
	}
	mine := structType("Leaf", compiledType(reflect.TypeFor[leaf]()).parts()...)
	target := &rtype{kind: reflect.Pointer, name: "*main.Leaf", elem: mine, methods: map[string]rmethod{}}
	for _, seed := range []string{`{"X":1,"n":"5","List":[true],"M":{"3":"a"},"Any":{"b":[null]}}`, `{"x":"a","Y":2}`, `{"n":5}`, `[1]`, `null`, `{"n":"null"}`, `{`, `{"n":"\"7\""}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want, got leaf
		wantErr := json.Unmarshal(data, &want)
		gotErr := unmarshal(data, box{target, &got})
		if (wantErr == nil) != (gotErr == nil) || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v (%v), not %+v (%v)", data, got, gotErr, want, wantErr)
		}
	})
}
