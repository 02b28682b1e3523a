show_bottlenecks("IOBottleneck", "io-bottleneck", "a core waiting for I/O")
