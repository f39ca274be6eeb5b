package flowers

import (
	"fmt"
	"slices"
	"strings"

	"reslab/lessons/lab"
	"reslab/lessons/lab/slip"
)

type byPlantFunc = func(plants []string, n int) (learn, test []int)

// A walk is photos in the order in which somebody took them, a letter for the
// plant on each, and how many plants to count for one of the test.
type walk struct {
	photos string
	n      int
}

var walks = []walk{
	{"aab", 2},
	{"aabbccdd", 2},
	{"abacadbbcd", 2},
	{"abcabcabc", 3},
	{"dcba", 4},
	{"abcdefg", 3},
	{"aaaa", 2},
	{"abab", 1},
}

func (w walk) plants() []string { return strings.Split(w.photos, "") }

func (w walk) String() string {
	return fmt.Sprintf("plants=[%s] n=%d", strings.Join(w.plants(), " "), w.n)
}

// order lists the plants as they first appear.
func (w walk) order() (plants []string) {
	for _, plant := range w.plants() {
		if !slices.Contains(plants, plant) {
			plants = append(plants, plant)
		}
	}
	return plants
}

// byHand counts the plants, in words.
func (w walk) byHand() string {
	var chosen []string
	for i, plant := range w.order() {
		if (i+1)%w.n == 0 {
			chosen = append(chosen, plant)
		}
	}
	learn, test := byPlant(w.plants(), w.n)
	which := "there are fewer plants than n, so no photo goes to the test"
	if len(chosen) > 0 {
		which = fmt.Sprintf("plants as they first appear: %s. To the test: %s", strings.Join(w.order(), ", "), strings.Join(chosen, ", "))
	}
	return fmt.Sprintf("By hand: %s. So learn from %v, test with %v.", which, learn, test)
}

// lost says which photo is not dealt exactly once.
func (w walk) lost(learn, test []int) string {
	for i := range w.photos {
		times := 0
		for _, k := range slices.Concat(learn, test) {
			if k == i {
				times++
			}
		}
		switch {
		case times == 0:
			return fmt.Sprintf("Photo %d is nowhere: each photo goes to one side.", i)
		case times > 1:
			return fmt.Sprintf("Photo %d is there %d times: each photo goes to one side, once.", i, times)
		}
	}
	if len(learn)+len(test) > len(w.photos) {
		return fmt.Sprintf("There are photos 0 to %d, and no others.", len(w.photos)-1)
	}
	return ""
}

// leak says which plant is on both sides.
func (w walk) leak(learn, test []int) string {
	for _, i := range test {
		for _, k := range learn {
			if w.photos[i] == w.photos[k] {
				return fmt.Sprintf("Plant %c is on both sides: photo %d to learn from, photo %d in the test.", w.photos[i], k, i)
			}
		}
	}
	return ""
}

// deals deals photos by what in says: whether photo i goes to the test.
func deals(in func(plants []string, n, i int) bool) byPlantFunc {
	return func(plants []string, n int) (learn, test []int) {
		for i := range plants {
			if in(plants, n, i) {
				test = append(test, i)
			} else {
				learn = append(learn, i)
			}
		}
		return learn, test
	}
}

// numberOf is the number of the plant on photo i, from 0 on, by first appearance.
func numberOf(plants []string, i int) int {
	return slices.Index(walk{photos: strings.Join(plants, "")}.order(), plants[i])
}

// changes counts how often the plant has changed up to photo i.
func changes(plants []string, i int) (n int) {
	for k := 1; k <= i; k++ {
		if plants[k] != plants[k-1] {
			n++
		}
	}
	return n
}

// seen counts the photos of the same plant before photo i.
func seen(plants []string, i int) (n int) {
	for _, plant := range plants[:i] {
		if plant == plants[i] {
			n++
		}
	}
	return n
}

// numberedAnew numbers a plant at each of its photos: by how many plants came before.
var numberedAnew = deals(func(plants []string, n, i int) bool {
	before := walk{photos: strings.Join(plants[:i], "")}
	return (len(before.order())+1)%n == 0
})

// plantOfEach deals right, and appends the plant in place of the photo.
func plantOfEach(plants []string, n int) (learn, test []int) {
	learn, test = byPlant(plants, n)
	for _, side := range [][]int{learn, test} {
		for k, i := range side {
			side[k] = numberOf(plants, i) + 1
		}
	}
	return learn, test
}

// emptyDeal is byPlant as a learner finds it: by photo.
var emptyDeal = deals(func(plants []string, n, i int) bool { return (i+1)%n == 0 })

var byPlantSlips = []slip.Slip[byPlantFunc]{
	{Advice: "That deals every n-th photo, as if each showed a plant of its own. Count the plants, not the photos.", Wrong: emptyDeal},
	{Advice: "That deals every n-th photo, counted from 0. Count the plants, not the photos.", Wrong: deals(func(plants []string, n, i int) bool { return i%n == 0 })},
	{Advice: "That takes every n-th photo of each plant to the test: then every plant is on both sides.", Wrong: deals(func(plants []string, n, i int) bool { return (seen(plants, i)+1)%n == 0 })},
	{Advice: "The plants are counted right, but only the first photo of each goes to the test: its other photos have to go with it.", Wrong: deals(func(plants []string, n, i int) bool {
		return (numberOf(plants, i)+1)%n == 0 && seen(plants, i) == 0
	})},
	{Advice: "A plant may come back later: b is another plant than the a before it, but the next a is the first again. Remember the number of each.", Wrong: deals(func(plants []string, n, i int) bool { return (changes(plants, i)+1)%n == 0 })},
	{Advice: "The number goes up with each photo of a new plant, but a plant that comes back keeps the number of the last new one. Remember the number of each.", Wrong: deals(func(plants []string, n, i int) bool {
		newest := 0
		for k := range i + 1 {
			newest = max(newest, numberOf(plants, k))
		}
		return (newest+1)%n == 0
	})},
	{Advice: "You count from 0, so the first plant goes to the test: the n-th one does, the 2n-th, and so on.", Wrong: deals(func(plants []string, n, i int) bool { return numberOf(plants, i)%n == 0 })},
	{Advice: "Only one plant goes to the test: every n-th does.", Wrong: deals(func(plants []string, n, i int) bool { return numberOf(plants, i)+1 == n })},
	{Advice: "All plants from the n-th on go to the test: only every n-th does.", Wrong: deals(func(plants []string, n, i int) bool { return numberOf(plants, i)+1 >= n })},
	{Advice: "The two results have changed places.", Wrong: func(plants []string, n int) (learn, test []int) {
		learn, test = byPlant(plants, n)
		return test, learn
	}},
	{Advice: "Everything is learned from: nothing is left to test with.", Wrong: deals(func([]string, int, int) bool { return false })},
	{Advice: "Nothing is dealt. Where does a photo go into learn or test?", Wrong: func([]string, int) (learn, test []int) { return nil, nil }},
	{Advice: "These are the numbers of the plants, not of the photos.", Wrong: func(plants []string, n int) (learn, test []int) {
		for k := range (walk{photos: strings.Join(plants, "")}).order() {
			if (k+1)%n == 0 {
				test = append(test, k)
			} else {
				learn = append(learn, k)
			}
		}
		return learn, test
	}},
	{Advice: "A plant gets a new number with each of its photos. Number it once, when it first appears.", Wrong: numberedAnew},
	{Advice: "These are the numbers of the plants, one for each photo. Append the number of the photo.", Wrong: plantOfEach},
}

// checkByPlant deals some walks, and looks for a plant on both sides first.
func checkByPlant(yours byPlantFunc) string {
	for _, w := range walks {
		plants := w.plants()
		var learn, test []int
		if sentence := lab.Panics(func() { learn, test = yours(plants, w.n) }); sentence != "" {
			return fmt.Sprintf("For %v yours panics: %s.", w, sentence)
		}
		if !slices.Equal(plants, w.plants()) {
			return fmt.Sprintf("For %v plants is %v afterwards: it is not yours to change.", w, plants)
		}
		wantLearn, wantTest := byPlant(w.plants(), w.n)
		if slices.Equal(learn, wantLearn) && slices.Equal(test, wantTest) {
			continue
		}
		why := slip.Find(yours, byPlantSlips, walks, func(f byPlantFunc, w walk) string { return fmt.Sprint(f(w.plants(), w.n)) })
		if why == "" && sameInAnyOrder(learn, wantLearn) && sameInAnyOrder(test, wantTest) {
			why = "The photos are right, but not in their order: the smallest number comes first."
		}
		fault := w.lost(learn, test)
		if fault == "" {
			fault = w.leak(learn, test)
		}
		words := fmt.Sprintf("For %v yours learns from %v and tests with %v. %s", w, learn, test, fault)
		return strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", words, w.byHand(), why)), " ")
	}
	return ""
}

func sameInAnyOrder(a, b []int) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
