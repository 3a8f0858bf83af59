"""Comment templates in and out: ISO, IPBES, IPCC, Codex OCS, CBD, CSV and JSON, all through one row format."""
