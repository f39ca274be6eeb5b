//go:build !linux

package run

func limitFiles() {}
