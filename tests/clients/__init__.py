"""Programs that planners use open what the atlas exports: `make test-clients`. Each says in a line what came of it."""
