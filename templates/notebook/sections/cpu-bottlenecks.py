show_bottlenecks("CPUBottleneck", "cpu-bottleneck", "a core saturated")
