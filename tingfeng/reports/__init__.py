"""What leaves the house: CSV, XLSX, Parquet."""
