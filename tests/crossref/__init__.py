"""``wellfounded references verify`` against a server on this machine that speaks Crossref's format."""
