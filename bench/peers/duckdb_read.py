"""DuckDB: count, mean and largest value by node and metric, and the sum of each moment."""

import sys

import duckdb
import peak  # noqa: F401

rows = duckdb.sql(
    f"""
    with moments as (
        select NodeId, Type, Dimension, Timestamp, count(*) as rows, sum(Value) as total, max(Value) as largest
        from read_json(
            '{sys.argv[1]}/profiler-output/system/incremental/**/*.json',
            format = 'newline_delimited',
            columns = {{
                Type: 'VARCHAR', Name: 'VARCHAR', Dimension: 'VARCHAR', Value: 'DOUBLE', NodeId: 'VARCHAR', Timestamp: 'DOUBLE'
            }}
        )
        group by all
    )
    select NodeId, Type, Dimension, sum(rows), sum(total) / sum(rows), max(largest), max(total) from moments group by all
    """
).fetchall()
print(sum(row[3] for row in rows), "samples")
