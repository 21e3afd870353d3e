samples: ## write samples/ again from its seed
	swift build -c release --product bench
	.build/release/bench world --out samples
.PHONY: samples
