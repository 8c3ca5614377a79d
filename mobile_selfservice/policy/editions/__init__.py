"""The written policies as dated data: one TOML file an edition."""
