"""The query language: parser, evaluator, compiler to SQL, and the words that explain a query."""
