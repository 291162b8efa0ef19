"""Layer 5: form definitions: TOML to model, with every mistake reported at its key path."""
