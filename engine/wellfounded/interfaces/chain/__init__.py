"""A chain → text, Markdown, HTML, CSV, and pictures in Mermaid and SVG."""
