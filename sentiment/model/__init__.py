"""A linear model of hashed n-grams and a few sums over word lists, for Chinese, English and their mixture."""
