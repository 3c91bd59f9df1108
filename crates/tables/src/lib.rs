//! Turns `Story`s into Arrow batches and Parquet files; holds the public schema.
