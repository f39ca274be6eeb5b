package data

import (
	"slices"
	"testing"
)

func TestNoiseIsEvenAndRepeats(t *testing.T) {
	cfg := NoiseConfig{N: 2000, H: 5, W: 4, C: 3, Seed: 9}
	s := Noise(cfg)
	var pixels [256]int
	for _, v := range s.Pixels {
		pixels[v]++
	}
	labels := make([]int, 10)
	for _, l := range s.Labels {
		labels[l]++
	}
	// 120000 pixels: 469 of each value, give or take 22; 200 of each label, 13.
	if low, high := slices.Min(pixels[:]), slices.Max(pixels[:]); low < 350 || high > 590 {
		t.Errorf("values come %d to %d times, want about 469", low, high)
	}
	if low, high := slices.Min(labels), slices.Max(labels); low < 130 || high > 270 {
		t.Errorf("labels come %d to %d times, want about 200", low, high)
	}
	if again := Noise(cfg); !slices.Equal(again.Pixels, s.Pixels) || !slices.Equal(again.Labels, s.Labels) {
		t.Error("the same seed gives other noise")
	}
	cfg.Seed++
	if other := Noise(cfg); slices.Equal(other.Pixels, s.Pixels) {
		t.Error("another seed gives the same noise")
	}
}

func TestLoadNoise(t *testing.T) {
	train, test, err := Load("noise")
	if err != nil {
		t.Fatal(err)
	}
	info, err := Find("noise")
	if err != nil || !info.Here || info.Train != train.Len() || info.Test != test.Len() {
		t.Errorf("%v, but the sets are %v and %v (%v)", info, train, test, err)
	}
	if slices.Equal(train.Pixels[:100], test.Pixels[:100]) || !slices.Equal(train.Mean, test.Mean) {
		t.Error("train and test must differ, and share Mean")
	}
}
