# The few everyday targets. Nothing here is needed: go run and go test do all.

.PHONY: build page test short generate pictures goldens kernels check soak

build: page ## bin/lab, with CodeMirror and interactive charts if npm is there
	go build -trimpath -o bin/ ./cmd/lab

page: ## what npm brings for the next build, and for the tests of the notebook's page
	@if ! command -v npm >/dev/null; then echo "npm is not installed: the notebook has its plain editor, and charts stay still"; exit 0; fi; \
	(cd viz/page && npm ci --no-audit --no-fund) && \
	cd cmd/lab/internal/notebook/page && npm ci --no-audit --no-fund && npm run --silent build

test: ## all tests
	go test ./...

short: ## the quick ones
	go test -short ./...

generate: ## quotes in lessons, and what cells may import
	go generate ./...

pictures: ## the notebook as the README shows it (Chromium)
	mkdir -p docs/shots
	RESLAB_SHOTS=$(CURDIR)/docs/shots go test ./cmd/lab/internal/notebook -count=1 -run 'TestBrowser/lesson'
	mv docs/shots/exercise-failed.png docs/notebook.png && rm -r docs/shots

goldens: ## what PyTorch computes (apt-get install python3-torch)
	/usr/bin/python3 nn/testdata/golden.py

kernels: ## the assembly of nn/internal/kernel
	cd nn/internal/kernel/gen && for k in */; do \
	  k=$${k%/}; go run ./$$k -out ../$${k}_amd64.s -stubs ../$${k}_amd64.go -pkg kernel || exit 1; done

check: ## what has to pass before a change lands
	.ci/run

soak: ## by hand, for long: a thousand faults of cells, a thousand kills, a full disk at every byte, fuzzing for minutes
	go test ./cmd/lab/internal/kernel -run 'TestSoak|TestCost' -soak 1000 -update -v -timeout 60m # writes docs/reliability.md
	RESLAB_SOAK=1 go test -count=1 -timeout 2h -v -run 'Killed|FullDisk' ./experiments/run ./experiments/gradients
	for f in FuzzOpen FuzzHeader FuzzRestore; do go test -run xxx -fuzz "^$$f\$$" -fuzztime 3m ./nn/weights || exit 1; done
	for f in FuzzDecode FuzzNPY; do go test -run xxx -fuzz "^$$f\$$" -fuzztime 3m ./nn/weights/onnx || exit 1; done
	go test -run xxx -fuzz FuzzReadMessage -fuzztime 3m ./cmd/lab/internal/kernel
