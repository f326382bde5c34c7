"""A knowledge base → one JavaScript module that gives its advice, and the types of it for TypeScript."""
