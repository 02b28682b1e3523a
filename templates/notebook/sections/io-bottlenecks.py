show_bottlenecks("IOBottleneck", "a core waiting for I/O")
