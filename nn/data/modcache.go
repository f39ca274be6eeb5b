package data

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"
)

// moduleFolders returns the folders in Go's module cache that may hold the
// files of a module below sub: first that of the version that this program was
// built with, then any others that are there.
func moduleFolders(module, sub string) []string {
	cache := moduleCache()
	if cache == "" {
		return nil
	}
	parent, name := filepath.Split(filepath.Join(cache, filepath.FromSlash(escape(module))))
	var folders []string
	if version := moduleVersion(module); version != "" {
		folders = append(folders, filepath.Join(parent, name+"@"+version, sub))
	}
	entries, _ := os.ReadDir(parent) // none: no such module there
	slices.Reverse(entries)          // newest first
	for _, e := range entries {
		folder := filepath.Join(parent, e.Name(), sub)
		if strings.HasPrefix(e.Name(), name+"@") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if len(folders) == 0 {
		return []string{filepath.Join(parent, name+"@*", sub)} // for the message: this is where it would be
	}
	return folders
}

// moduleVersion is empty where the program does not know: some tests.
func moduleVersion(module string) string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dep := range build.Deps {
		if dep.Path == module {
			return dep.Version
		}
	}
	return ""
}

// moduleCache finds the cache as the go command does (go help environment),
// which need not be on this machine: GOMODCACHE, else pkg/mod below the first
// folder of GOPATH, else below the folder go at home.
func moduleCache() string {
	if cache := goSetting("GOMODCACHE"); cache != "" {
		return cache
	}
	if list := filepath.SplitList(goSetting("GOPATH")); len(list) > 0 && list[0] != "" {
		return filepath.Join(list[0], "pkg", "mod")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, "go", "pkg", "mod")
}

// goSetting returns a setting of the go command: from the environment, else
// from the file that "go env -w" writes; empty if unset.
func goSetting(key string) string {
	if value := os.Getenv(key); value != "" {
		return value
	}
	path := os.Getenv("GOENV")
	if path == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		path = filepath.Join(config, "go", "env")
	}
	f, err := os.Open(path)
	if err != nil {
		return "" // no such file, as is usual, or GOENV=off
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok && name == key {
			return value
		}
	}
	return ""
}

// escape writes a module path as a path of the cache: as some file systems
// take A for a, the capital is written !a.
func escape(module string) string {
	var b strings.Builder
	for _, r := range module {
		if unicode.IsUpper(r) {
			b.WriteByte('!')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
