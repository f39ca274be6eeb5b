package render

import (
	"regexp"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/lesson"
)

// prose shows Markdown without any options.
func prose(markdown string) string { return Options{}.Prose(markdown) }

func TestProse(t *testing.T) {
	for markdown, want := range map[string]string{
		"# One *row*, twice":             `<h1 id="s-one-row-twice">One <em>row</em>, twice</h1>`,
		"$x_1*y_2$ *and*":                "<p><math><mrow><msub><mi>x</mi><mn>1</mn></msub><mo>*</mo><msub><mi>y</mi><mn>2</mn></msub></mrow></math> <em>and</em></p>",
		"$5 and $6":                      "<p>$5 and $6</p>",
		"$\\unknown_1$":                  `<p><span class="formula">\unknown₁</span></p>`,
		"$$\nx\n$$":                      `<p><math display="block"><mrow><mi>x</mi></mrow></math></p>`,
		"```go\nx := \"<\" // y\n```":    `<pre><code>x := <span class="s">&#34;&lt;&#34;</span> <span class="c">// y</span></code></pre>`,
		"```python\ndef f(): # <b>\n```": `<pre><code><span class="k">def</span> f(): <span class="c"># &lt;b&gt;</span></code></pre>`,
		"```json\n{\"a\": 1.5}\n```":     `<pre><code>{<span class="s">&#34;a&#34;</span>: <span class="m">1.5</span>}</code></pre>`,
		"```text\n# <x>\n```":            "<pre><code># &lt;x&gt;</code></pre>",
		"|a|\n|-:|\n|1|":                 `<td align="right">1</td>`,
		"- [x] done":                     `<li><input checked="" disabled="" type="checkbox"> done</li>`,
		"a[^1]\n\n[^1]: note":            `<a href="#fn:1" class="footnote-ref"`,
		"~~a~~":                          "<del>a</del>",
		"[a](https://x.org/?a=1&b)":      `<a href="https://x.org/?a=1&amp;b" target="_blank" rel="noopener noreferrer">a</a>`,
		"[a](../03-pooling/lesson.md)":   `<a href="/lesson/03">a</a>`,
		"[a](#One-Row)":                  `<a href="#s-one-row">a</a>`,
		"[a](other.md)":                  "<p>a</p>",
		"<https://x.org>":                `<a href="https://x.org" target="_blank" rel="noopener noreferrer">https://x.org</a>`,
		"<me@x.org>":                     `<a href="mailto:me@x.org">me@x.org</a>`,
		"![a *b*](x.png)":                `<span class="no-picture">[picture: a b]</span>`,
		"H<sub>2</sub>O<br/>x":           "<p>H<sub>2</sub>O<br/>x</p>",
		"a <!-- lab: {} --> b":           "<p>a  b</p>",
		"<!-- lab: {\"minutes\": 3} -->": "",
		"<b>bold":                        "<p><b>bold</p>\n</b>",
	} {
		if got := strings.TrimSpace(prose(markdown)); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q becomes %s", markdown, got)
		}
	}
}

func TestDetails(t *testing.T) {
	const want = "<details>\n<summary>Why: a &amp; b</summary>\n<p>Be<em>cause</em>.</p>\n</details>\n"
	if got := prose("<details>\n<summary>Why: a &amp; b</summary>\n\nBe*cause*.\n\n</details>\n"); got != want {
		t.Errorf("folded text becomes %q", got)
	}
	for _, open := range []string{"<details>\n\nx", "</details>", "<summary>\n\nx\n\n</details>", "<details><summary>x</details>"} {
		got := prose(open)
		if strings.Count(got, "<details>") != strings.Count(got, "</details>") || strings.Count(got, "<summary>") != strings.Count(got, "</summary>") {
			t.Errorf("%q becomes %q", open, got)
		}
	}
}

func TestPictures(t *testing.T) {
	o := Options{Picture: func(path string) string { return "/picture/" + path }, Link: func(path string) string { return "/file/" + path }}
	for markdown, want := range map[string]string{
		"![a](img/../b%20c.png)":                   `src="/picture/b%20c.png"`,
		"![a](../secret.png)":                      "[picture: a]",
		"![a](/etc/x.png)":                         "[picture: a]",
		"![a](https://x.org/track.png)":            "[picture: a]",
		"![a](//x.org/track.png)":                  "[picture: a]",
		"![a](file:///etc/x.png)":                  "[picture: a]",
		"![a](..\\secret.png)":                     "[picture: a]",
		"![a](C:/x.png)":                           "[picture: a]",
		"![a](data:image/png;base64,iVBORw0KGgo=)": `src="data:image/png;base64,iVBORw0KGgo="`,
		"![a](data:image/svg+xml;base64,PHN2Zz4=)": "[picture: a]",
		"![a](data:text/html;base64,PHN2Zz4=)":     "[picture: a]",
		"[a](b.md)":                                `href="/file/b.md"`,
	} {
		if got := o.Prose(markdown); !strings.Contains(got, want) {
			t.Errorf("%q becomes %s", markdown, got)
		}
	}
}

// hostile are texts that try to run a script, to load something, to catch what
// is typed, or to break out of their place.
var hostile = []string{
	"<script>alert(1)</script>", "<ScRiPt src=//x.org/a.js></script>", "a <img src=x onerror=alert(1)> b", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
	"<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<style>body{display:none}</style>", "<link rel=stylesheet href=//x.org>", "<meta http-equiv=refresh content='0;url=//x.org'>",
	"<form action=//x.org><input name=password><button>Go</button></form>", "<base href=//x.org>", "<object data=x>", "<embed src=x>", "<details open ontoggle=alert(1)>x</details>",
	"<details ontoggle=alert(1) open>\n<summary onclick=alert(1)>x</summary>\n\nx\n\n</details>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#10;script:alert(1))", "[x](<javascript:alert(1)>)",
	"[x](vbscript:x)", "[x](data:text/html,<script>alert(1)</script>)", "[x](data:image/svg+xml,<svg onload=alert(1)>)", "<javascript:alert(1)>", "<data:text/html,x>", "![x](javascript:alert(1))", "![x](data:image/svg+xml;base64,PHN2Zz4=)",
	"![x](\"onerror=alert(1))", "![\"onerror=alert(1) x=\"](data:image/png;base64,AA==)", "[x](https://x.org/\"onclick=alert(1))", "[x](https://x.org 'a\" onclick=alert(1)')", "# x {onclick=alert(1)}", "```go onclick=alert(1)\nx\n```", "```\"><script>\nx\n```",
	"$\\text{<script>alert(1)</script>}$", "$$<img src=x onerror=alert(1)>$$", "$\\unknown{<script>}$", "<math><mtext><script>alert(1)</script></mtext></math>", "<a href='javascript:alert(1)'>x</a>", "</p></div></section><h1>out</h1>",
	"<!-- --><script>alert(1)</script><!-- -->", "<!--><script>alert(1)</script>", "<!-- -- ><script>-->", "<b <script>alert(1)</script>>", "<summary/onclick=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[^1]\n\n[^1]: <script>alert(1)</script>", "[x]\n\n[x]: javascript:alert(1)",
	"<b>\n\n<script>\n\n</b>", "|<script>|\n|-|\n|<img src=x onerror=y>|", "<sub onclick=x>", "<br onclick=x>", "<plaintext>", "<textarea>", "<title>x</title>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<xmp>", "<template><script>", "<body onload=alert(1)>", "\x00<script>", "<scr\x00ipt>alert(1)</script>",
}

var (
	tag       = regexp.MustCompile(`<(/?[^\s>]*)([^>]*)>`)
	attribute = regexp.MustCompile(`\s*([^\s=]+)(?:="([^"]*)")?`)
	elements  = regexp.MustCompile(`^/?(p|h[1-6]|em|strong|del|b|i|sub|sup|kbd|br/?|hr|ul|ol|li|blockquote|pre|code|span|table|thead|tbody|tr|th|td|input|a|img|div|section|details|summary|math|m[a-z]+)$`)
	schemes   = regexp.MustCompile(`^[\s\x00-\x20]*[A-Za-z][A-Za-z0-9+.-]*:`)
	allowed   = regexp.MustCompile(`^(id|class|href|src|alt|title|target|rel|loading|align|start|type|checked|disabled|role|open|display|stretchy|mathvariant|accent|width|lspace|rspace|linethickness|tight)$`)
)

// dangerous returns what in a page is not of the few things that a text may be.
func dangerous(page string) string {
	if strings.Count(page, "<") != len(tag.FindAllString(page, -1)) {
		return "a < that begins no tag"
	}
	for _, m := range tag.FindAllStringSubmatch(page, -1) {
		if !elements.MatchString(m[1]) {
			return m[0]
		}
		for _, a := range attribute.FindAllStringSubmatch(strings.TrimSuffix(m[2], "/"), -1) {
			if a[0] != "" && strings.TrimSpace(a[0]) != "" && !allowed.MatchString(a[1]) {
				return m[0]
			}
			if a[1] == "href" || a[1] == "src" {
				scheme := strings.ToLower(schemes.FindString(a[2]))
				isPicture := a[1] == "src" && inline.MatchString(a[2])
				if !isPicture && scheme != "" && scheme != "https:" && scheme != "http:" && scheme != "mailto:" || a[1] == "src" && !isPicture {
					return m[0]
				}
			}
			if a[1] == "type" && a[2] != "checkbox" {
				return m[0]
			}
		}
	}
	return ""
}

func TestHostile(t *testing.T) {
	for _, markdown := range hostile {
		page := prose(markdown)
		if what := dangerous(page); what != "" {
			t.Errorf("%q leaves %s in\n%s", markdown, what, page)
		}
	}
	for _, page := range []string{"<script>", `<p onclick="x">`, `<a href="javascript:x">`, `<img src="https://x.org">`, "< b", `<input type="password">`} {
		if dangerous(page) == "" {
			t.Errorf("the test does not see %s", page)
		}
	}
}

func FuzzProse(f *testing.F) {
	for _, markdown := range hostile {
		f.Add(markdown)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		if len(markdown) > 4096 {
			return
		}
		page := prose(markdown)
		if what := dangerous(page); what != "" {
			t.Errorf("%q leaves %s in\n%s", markdown, what, page)
		}
	})
}

func FuzzCode(f *testing.F) {
	for _, seed := range []string{"x := `a", "\"", "// <", "def f():\n  '''", "\xff<"} {
		f.Add("go", seed)
		f.Add("python", seed)
		f.Add("sh", seed)
	}
	f.Fuzz(func(t *testing.T, language, source string) {
		page := Code(language, source)
		if strings.Contains(tag.ReplaceAllString(page, ""), "<") || dangerous(page) != "" {
			t.Errorf("%q becomes %s", source, page)
		}
	})
}

// Every formula of every lesson is known to MathML, and nothing in a lesson is
// taken for hostile.
func TestLessons(t *testing.T) {
	for _, info := range lesson.List() {
		l, err := lesson.Find(info.ID)
		if err != nil {
			t.Fatal(err)
		}
		page := prose(string(l.Source))
		if i := strings.Index(page, `class="formula`); i >= 0 {
			t.Errorf("lesson %s has a formula that MathML does not know: %.80s", l.ID, page[i:])
		}
		if what := dangerous(page); what != "" {
			t.Errorf("lesson %s has %s", l.ID, what)
		}
	}
}

func BenchmarkLesson(b *testing.B) {
	l, err := lesson.Find("02")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		prose(string(l.Source))
	}
}
