"""polars: count, mean and largest value by node and metric, and the sum of each moment."""

import sys

import peak  # noqa: F401
import polars as pl

metric = ["NodeId", "Type", "Dimension"]
moments = (
    pl.scan_ndjson(
        f"{sys.argv[1]}/profiler-output/system/incremental/**/*.json",
        schema={
            "Type": pl.String,
            "Name": pl.String,
            "Dimension": pl.String,
            "Value": pl.Float64,
            "NodeId": pl.String,
            "Timestamp": pl.Float64,
        },
    )
    .group_by(*metric, "Timestamp")
    .agg(rows=pl.len(), total=pl.col("Value").sum(), largest=pl.col("Value").max())
    .collect(engine="streaming")
)
rows = moments.group_by(metric).agg(
    pl.col("rows").sum(),
    mean=pl.col("total").sum() / pl.col("rows").sum(),
    largest=pl.col("largest").max(),
    moment=pl.col("total").max(),
)
print(rows["rows"].sum(), "samples")
